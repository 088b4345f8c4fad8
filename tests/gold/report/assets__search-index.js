window.presseleseStarts = ["ra","sc","st"];
window.presseleseIndex = [
["Thema","Verkehr","themen/verkehr-transport.html","3 Mitteilungen"],
["Thema","Bildung","themen/bildung-education.html","1 Mitteilung"],
["Thema","Rad, Weg","themen/rad-weg-neu-01.html","1 Mitteilung"],
["Initiative","Radplan 2030","initiativen/radplan-2030-6bd76477.html","Strategie oder Plan"],
["Organisation","Radbund e. V.","mitteilungen/radplan-2030-waechst-bbbbbbbbbbbb.html#s70",""],
["Organisation","Radplan 2030","mitteilungen/radplan-2030-waechst-bbbbbbbbbbbb.html#s21",""],
["Person","Dr. Jana Holzapfel","personen/jana-holzapfel-df411414.html","Bürgermeisterin · Holzapfel"],
["Ort","Falkenrode","orte/falkenrode-88713be9.html","Thüringen"],
["Ort","Ilmtal","orte/ilmtal-cd37a22d.html","Thüringen"],
["Herausgeber","Stadt Falkenrode","herausgeber/stadt-falkenrode-0dc30e2d.html",""],
["Herausgeber","Schulamt \"Nord\" <i>","herausgeber/schulamt-nord-i-9a36461e.html",""],
];
