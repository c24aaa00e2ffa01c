"""A smallest instance in the form of Renault's, written to a folder and changed in one cell."""

from pathlib import Path

SHEETS = {
    "vehicles.txt": (
        "Date;SeqRank;Ident;Paint Color;HP1;LP1;\n"
        "2003 38 1;7;d1;2;1;0;\n"
        "2003 38 1;8;d2;2;1;0;\n"
        "2003 38 2;1;a;2;1;0;\n"
        "2003 38 2;2;b;1;0;1;\n"
        "2003 38 2;3;c;1;1;1;\n"
        "2003 38 2;4;d;10;0;0;\n"
    ),
    "ratios.txt": "Ratio;Prio;Ident;\n1/3;1;HP1;\n1/2;0;LP1;\n",
    "paint_batch_limit.txt": "limitation;\n2;\n",
    "optimization_objectives.txt": (
        "rank;objective name;\n"
        "1;high_priority_level_and_difficult_to_satisfy_ratio_constraints;\n"
        "2;paint_color_batches;\n"
        "3;low_priority_level_ratio_constraints;\n"
    ),
}


def write_sheets(
    folder: Path, file: str = "", old: str = "", new: str = "", *, end: str = "\n"
) -> Path:
    """Write the instance, with one piece of one sheet exchanged; the piece must be there."""
    folder.mkdir(exist_ok=True)
    for name, text in SHEETS.items():
        assert name != file or old in text
        changed = text.replace(old, new, 1) if name == file else text
        (folder / name).write_bytes(changed.replace("\n", end).encode())
    return folder
