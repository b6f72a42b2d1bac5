import {execFile} from 'node:child_process';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {afterAll, beforeAll, expect, test} from 'vitest';

const run = promisify(execFile);

const rows = [
	['src/core', "import {readFileSync} from 'node:fs';\nexport const text = readFileSync('x', 'utf8');\n", 'core-is-pure'],
	['src/analysis', "export * from '../../mcp/kubernetes/port.ts';\n", 'analysis-is-pure'],
	['src/core', "import {render} from 'ink';\nexport const draw = render;\n", 'core-is-pure'],
	['src/analysis', "import {main} from '../../main.ts';\nexport const start = main;\n", 'only-main-knows-all'],
	['src/agents/series', "export * from '../../deploy/ports.ts';\n", 'series-know-no-specialist'],
	['src/agents/monitoring', "export * from '../../deploy/metrics/pooled.ts';\n", 'metrics-are-their-specialists'],
] as const;

const folders: string[] = [];
let broken: readonly {readonly from: string; readonly rule: {readonly name: string}}[] = [];

// One cruise of all planted files: most of its time goes into reading what they import.
beforeAll(async () => {
	for (const [room, text] of rows) {
		const folder = await mkdtemp(join(room, 'planted-'));
		folders.push(folder);
		await writeFile(join(folder, 'planted.ts'), text);
	}
	const {stdout} = await run(
		'node_modules/.bin/depcruise',
		['--config', '.dependency-cruiser.js', '--output-type', 'json', '--max-depth', '1', ...folders],
		{
			maxBuffer: 64 * 1024 * 1024,
		},
	).catch((error: {stdout: string}) => error);
	broken = JSON.parse(stdout).summary.violations;
}, 60_000);

afterAll(() => Promise.all(folders.map(folder => rm(folder, {recursive: true}))));

test.each(rows.map(([room, text, rule], index) => ({room, text, rule, index})))(
	'a forbidden import in $room is found: $rule',
	({rule, index}) => {
		expect(broken.filter(({from}) => from.startsWith(`${folders[index]}/`)).map(violation => violation.rule.name)).toContain(rule);
	},
);
