/**
 * Runs the same kubectl commands on a real cluster and on the embedded one and prints where the output differs:
 * `node test/cluster/compare-kubectl.ts [--report FILE.md]`. Exits 3 when something differs.
 */
import {writeFileSync} from 'node:fs';
import {parseArgs} from 'node:util';
import {compareKubectl} from './compare/compare-kubectl.ts';

const {values} = parseArgs({options: {report: {type: 'string'}}});
const {text, differing} = await compareKubectl();
if (values.report) writeFileSync(values.report, text);
else process.stdout.write(text);
process.exitCode = differing > 0 ? 3 : 0;
