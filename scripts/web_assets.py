"""The design system's files for our pages, made anew: `python scripts/web_assets.py` needs node and npm.

The version is that of the macros (govuk-frontend-jinja). What it makes is kept in `src/web/assets`, so that nothing but
Python is needed to install, test and run the product.
"""

import json
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

DESIGN_SYSTEM = "govuk-frontend@6.3.0"
COMPILER = "sass@1.93.2"
WEB = Path(__file__).parent.parent / "src" / "web"
ASSETS = WEB / "assets"


def main() -> None:
    with TemporaryDirectory() as folder:
        _npm(folder, "install", "--no-audit", "--no-fund", "--ignore-scripts", DESIGN_SYSTEM, COMPILER)
        shutil.copy(WEB / "styles" / "site.scss", folder)
        subprocess.run(
            ["npx", "sass", "--pkg-importer=node", "--style=compressed", "--no-source-map", "site.scss", "site.css"],
            cwd=folder,
            check=True,
        )
        shutil.copy(Path(folder, "site.css"), ASSETS)
        package = Path(folder, "node_modules", "govuk-frontend")
        script = (package / "dist/govuk/govuk-frontend.min.js").read_text(encoding="utf-8")
        (ASSETS / "govuk-frontend.min.js").write_text(script.partition("//# sourceMappingURL")[0], encoding="utf-8")
        found = json.loads((package / "package.json").read_text(encoding="utf-8"))
        print(f"{found['name']} {found['version']}, {found['license']}")


def _npm(folder: str, *words: str) -> None:
    subprocess.run(["npm", *words], cwd=folder, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
