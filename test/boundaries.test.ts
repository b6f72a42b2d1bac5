import {execFile} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {afterEach, expect, test} from 'vitest';

const run = promisify(execFile);
let folder: string | undefined;

afterEach(async () => {
	if (folder !== undefined) await rm(folder, {recursive: true});
	folder = undefined;
});

/** Cruises one planted file and answers the names of the rules that it breaks. */
async function brokenRules(room: string, text: string): Promise<readonly string[]> {
	folder = await mkdtemp(join(room, 'planted-'));
	await writeFile(join(folder, 'planted.ts'), text);
	const {stdout} = await run('node_modules/.bin/depcruise', ['--config', '.dependency-cruiser.js', '--output-type', 'json', folder], {
		maxBuffer: 64 * 1024 * 1024,
	}).catch((error: {stdout: string}) => error);
	const report: {summary: {violations: {rule: {name: string}}[]}} = JSON.parse(stdout);
	return [...new Set(report.summary.violations.map(({rule}) => rule.name))];
}

test.each([
	['src/core', "import {readFileSync} from 'node:fs';\nexport const text = readFileSync('x', 'utf8');\n", 'core-is-pure'],
	['src/analysis', "export * from '../../mcp/kubernetes/port.ts';\n", 'analysis-is-pure'],
	['src/core', "import {render} from 'ink';\nexport const draw = render;\n", 'core-is-pure'],
	['src/analysis', "import {main} from '../../main.ts';\nexport const start = main;\n", 'only-main-knows-all'],
])('a forbidden import in %s is found', async (room, text, rule) => expect(await brokenRules(room, text)).toContain(rule));
