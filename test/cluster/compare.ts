/**
 * Asks a real API server and the embedded one the same questions and prints where the answers differ:
 * `node test/cluster/compare.ts [--report FILE.md] [--record FILE.json | --real FILE.json] [--other FILE.json] [--patience-ms N]`.
 * `--record` keeps the real answers, `--real` reads them instead of starting a control plane. Exits 3 when answers differ.
 */
import {readFileSync, writeFileSync} from 'node:fs';
import {parseArgs} from 'node:util';
import {embeddedAnswers, realAnswers} from './compare/compare-servers.ts';
import type {Recorded} from './compare/record.ts';
import {report} from './compare/report.ts';

const say = (line: string) => process.stderr.write(`${line}\n`);
const save = (file: string | undefined, content: string) => file && writeFileSync(file, content);

const text = {type: 'string'} as const;
const {values} = parseArgs({
	options: {'patience-ms': {...text, default: '20000'}, report: text, record: text, real: text, other: text},
});
// Recorded before, the real answers need no control plane.
const real: readonly Recorded[] = values.real ? JSON.parse(readFileSync(values.real, 'utf8')) : await realAnswers(20_000, say);
for (const {name} of real.filter(({late}) => late)) say(`${name}: did not come about on the real cluster`);
save(values.record, JSON.stringify(real, null, 1));
const other = await embeddedAnswers(Number(values['patience-ms']));
save(values.other, JSON.stringify(other, null, 1));
const {text: markdown, differing} = report(real, other);
save(values.report, markdown);
if (values.report === undefined) process.stdout.write(markdown);
say(`${differing} of ${real.length} answers differ`);
process.exitCode = differing > 0 ? 3 : 0;
