"""The snippets of docs/hosting.md in the real servers: python3 tests/hosting/try.py SITE nginx|apache

SITE is a built site. The server is started on 127.0.0.1 with the snippet as it stands, but for the port and the folder,
and must send what the site's own `_headers` asks for. A second start with a snippet that lacks a line must be found out.
Exit: 0 all is right, 1 something is wrong.
"""

import http.client
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
DATA = "public, max-age=3600"
FOR_EVER = "public, max-age=31536000, immutable"
PAGES = "public, max-age=0, must-revalidate"


def snippet(language):
    text = (REPOSITORY / "docs/hosting.md").read_text()
    return re.search(rf"```{language}\n(.*?)```", text, re.S).group(1)


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def nginx_command(text, site, folder, port):
    text = text.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("root /var/www/site;", f"root {site};")
    temporary = "".join(
        f"{name}_temp_path {folder}/{name};\n" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off;\npid {folder}/pid;\nerror_log {folder}/errors;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}include /etc/nginx/mime.types;\n{text}}}\n"
    )
    return ["nginx", "-c", str(folder / "nginx.conf"), "-e", str(folder / "errors")]


def apache_command(text, site, folder, port):
    modules = "/usr/lib/apache2/modules"
    names = "mpm_event authz_core mime dir alias setenvif headers deflate filter".split()
    loads = "".join(f"LoadModule {name}_module {modules}/mod_{name}.so\n" for name in names)
    (folder / "apache.conf").write_text(
        f"{loads}ServerName localhost\nListen 127.0.0.1:{port}\nPidFile {folder}/pid\nErrorLog {folder}/errors\n"
        f"TypesConfig /etc/mime.types\nDocumentRoot {site}\n<Directory {site}>\nRequire all granted\n"
        f"</Directory>\n<Directory {site}>\n{text}</Directory>\n"
    )
    return ["apache2", "-X", "-d", str(folder), "-f", str(folder / "apache.conf")]


def ask(port, path):
    for _ in range(100):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        except ConnectionRefusedError:
            time.sleep(0.1)
    raise SystemExit("the server did not start")


def security(site):
    lines = (site / "_headers").read_text().splitlines()
    rule = lines[lines.index("/*") + 1 :]
    rule = rule[: next(at for at, line in enumerate(rule + ["/"]) if not line.startswith(" "))]
    return [line.strip().split(": ", 1) for line in rule]


def first(site, pattern):
    found = sorted(site.glob(pattern))
    return "/" + found[0].relative_to(site).as_posix() if found else None


def faults(server, text, site):
    port = free_port()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        command = {"nginx": nginx_command, "apache": apache_command}[server](text, site, folder, port)
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        try:
            found = list(compare(site, port))
            errors = folder / "errors"
            warnings = errors.read_text().splitlines() if errors.is_file() else []
            return found + [line for line in warnings if "[warn]" in line]
        except SystemExit as stopped:
            process.terminate()
            errors = folder / "errors"
            return [f"{stopped}: {process.stderr.read()}{errors.read_text() if errors.is_file() else ''}"]
        finally:
            process.terminate()
            process.wait()


def compare(site, port):
    expected = [
        ("/", 200, "text/html; charset=utf-8", PAGES),
        ("/events/", 200, "text/html; charset=utf-8", PAGES),
        ("/nothing/here/", 404, "text/html; charset=utf-8", None),
        ("/_headers", 404, None, None),
        ("/.fingerpost", 404, None, None),
        ("/site.webmanifest", 200, "application/manifest+json", PAGES),
        ("/blog/rss.xml", 200, "application/rss+xml; charset=utf-8", DATA),
        ("/blog/feed.json", 200, "application/feed+json; charset=utf-8", DATA),
        ("/sitemap.xml", 200, "application/xml; charset=utf-8", DATA),
        ("/api/open-referral/", 200, "application/json; charset=utf-8", DATA),
        ("/api/open-referral/services/", 200, "application/json; charset=utf-8", DATA),
        ("/robots.txt", 200, "text/plain; charset=utf-8", PAGES),
        (first(site, "**/*.ics"), 200, "text/calendar; charset=utf-8", DATA),
        (first(site, "**/*.json"), 200, "application/json; charset=utf-8", DATA),
        (first(site, "assets/css/*.css"), 200, "text/css; charset=utf-8", FOR_EVER),
        (first(site, "assets/js/*.js"), 200, "text/javascript; charset=utf-8", FOR_EVER),
        (first(site, "assets/pictures/*.webp"), 200, "image/webp", FOR_EVER),
        (first(site, "assets/pictures/*.svg"), 200, "image/svg+xml", FOR_EVER),
    ]
    for path, status, media_type, kept in expected:
        if path is None:
            continue
        found, headers, body = ask(port, path)
        if found != status:
            yield f"{path}: answers {found}, not {status}"
        if media_type and headers.get("content-type", "").lower() != media_type:
            yield f"{path}: has the type {headers.get('content-type')}, not {media_type}"
        if kept and headers.get("cache-control") != kept:
            yield f"{path}: is kept as {headers.get('cache-control')}, not {kept}"
        if kept == DATA and headers.get("access-control-allow-origin") != "*":
            yield f"{path}: cannot be read from elsewhere"
        for name, value in security(site):
            if headers.get(name.lower()) != value:
                yield f"{path}: says {name}: {headers.get(name.lower())}"
        if status == 404 and path.startswith("/nothing") and body != (site / "404.html").read_bytes():
            yield f"{path}: shows another page than 404.html"
    found, headers, _ = ask(port, "/events")
    if found not in (301, 308) or not headers.get("location", "").endswith("/events/"):
        yield "/events: does not lead to /events/"


def main():
    site, server = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2]
    with tempfile.TemporaryDirectory() as name:
        # Servers give up their rights, and must still be able to read the site.
        pathlib.Path(name).chmod(0o755)
        copy = pathlib.Path(name) / "site"
        shutil.copytree(site, copy)
        text = snippet(server)
        wrong = faults(server, text, copy)
        for word in ("immutable", "Content-Security-Policy", "calendar", "index.json"):
            broken = "\n".join(line for line in text.splitlines() if word not in line) + "\n"
            if not faults(server, broken, copy):
                wrong.append(f"a snippet without the lines that say {word} is not found out")
    for line in wrong:
        print(line)
    print(f"{server}: {len(wrong)} wrong")
    return 1 if wrong else 0


sys.exit(main())
