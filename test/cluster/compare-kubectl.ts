/**
 * Runs the same kubectl commands on a real cluster and on the embedded one and prints where the output differs:
 * `node test/cluster/compare-kubectl.ts [--report FILE.md]`. Exits 3 when something differs or a command
 * does not do on the real cluster what it is there for.
 */
import {writeFileSync} from 'node:fs';
import {parseArgs} from 'node:util';
import {compareKubectl} from './compare/compare-kubectl.ts';

const {values} = parseArgs({options: {report: {type: 'string'}}});
const {text, differing, unsound} = await compareKubectl();
if (values.report) writeFileSync(values.report, text);
else process.stdout.write(text);
for (const line of unsound) process.stderr.write(`${line}\n`);
process.exitCode = differing + unsound.length > 0 ? 3 : 0;
