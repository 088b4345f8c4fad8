"""TimeML: files of another house's corpus in, the same files with our TIMEX3 tags out.

`document` takes a file apart and puts it together again, `forms` turns our expressions into TIMEX3's, `__main__`
is the door (``make timex``).
"""
