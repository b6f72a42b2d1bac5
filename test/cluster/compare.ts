/**
 * Asks a real API server and the embedded one the same questions and prints where the answers differ:
 * `node test/cluster/compare.ts [--report FILE.md] [--record FILE.json | --real FILE.json] [--other FILE.json] [--patience-ms N]`.
 * `--record` keeps the real answers, `--real` reads them instead of starting a control plane. Exits 3 when answers differ.
 */
import {readFileSync, writeFileSync} from 'node:fs';
import {parseArgs} from 'node:util';
import {changing} from './compare/changing.ts';
import {embeddedServer} from './compare/embedded.ts';
import {extending} from './compare/extending.ts';
import {kinds} from './compare/kinds.ts';
import {living} from './compare/living.ts';
import {reading} from './compare/reading.ts';
import {type Recorded, record} from './compare/record.ts';
import {report} from './compare/report.ts';
import {realServer, type Server} from './compare/server.ts';

const rows = [...reading, ...kinds, ...changing, ...living, ...extending];
const say = (line: string) => process.stderr.write(`${line}\n`);
const save = (file: string | undefined, content: string) => file && writeFileSync(file, content);

async function answers(start: () => Promise<Server>, patienceMs: number): Promise<Recorded[]> {
	const server = await start();
	try {
		return await record(rows, {as: server.as, patienceMs});
	} finally {
		await server.stop();
	}
}

const text = {type: 'string'} as const;
const {values} = parseArgs({
	options: {'patience-ms': {...text, default: '20000'}, report: text, record: text, real: text, other: text},
});
// Recorded before, the real answers need no control plane.
const real: Recorded[] = values.real ? JSON.parse(readFileSync(values.real, 'utf8')) : await answers(() => realServer(say), 20_000);
for (const {name} of real.filter(({late}) => late)) say(`${name}: did not come about on the real cluster`);
save(values.record, JSON.stringify(real, null, 1));
const other = await answers(embeddedServer, Number(values['patience-ms']));
save(values.other, JSON.stringify(other, null, 1));
const {text: markdown, differing} = report(real, other);
save(values.report, markdown);
if (values.report === undefined) process.stdout.write(markdown);
say(`${differing} of ${real.length} answers differ`);
process.exitCode = differing > 0 ? 3 : 0;
