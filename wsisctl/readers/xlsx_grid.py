class XlsxGrid:
    pass
