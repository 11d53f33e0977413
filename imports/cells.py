"""Text in a cell: kept from being taken for a formula on its way out, and as it was on its way back. Public."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def escape(cell: str) -> str:
    """Keep a spreadsheet from taking text for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def unescape(cell: str) -> str:
    """A cell as it was before ``escape``."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA_STARTS) else cell
