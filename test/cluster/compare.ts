/**
 * Asks a real API server and another one the same questions and prints where the answers differ:
 * `node test/cluster/compare.ts [--against KUBECONFIG] [--patience-ms N] [--report FILE.md] [--record FILE.json | --real FILE.json] [--other FILE.json]`.
 * The kubeconfig has a context for each of admin, reader, shop-dev and nobody; without it only the real answers are recorded.
 */
import {readFileSync, writeFileSync} from 'node:fs';
import {parseArgs} from 'node:util';
import {parse} from 'yaml';
import {z} from 'zod';
import {changing} from './compare/changing.ts';
import {extending} from './compare/extending.ts';
import {kinds} from './compare/kinds.ts';
import {living} from './compare/living.ts';
import {reading} from './compare/reading.ts';
import {type Recorded, record} from './compare/record.ts';
import {report} from './compare/report.ts';
import type {Asker} from './compare/row.ts';
import type {Endpoint} from './request.ts';
import {startControlPlane} from './start.ts';

const rows = [...reading, ...kinds, ...changing, ...living, ...extending];
const say = (line: string) => process.stderr.write(`${line}\n`);

async function realAnswers(): Promise<Recorded[]> {
	const {url, ca, tokens, stop} = await startControlPlane({say});
	try {
		return await record(rows, {as: asker => ({url, ca, token: tokenOf(asker, name => tokens[name])}), patienceMs: 20_000});
	} finally {
		await stop();
	}
}

const tokenOf = (asker: Asker, known: (name: Exclude<Asker, 'anonymous' | 'wrong-token'>) => string | undefined) =>
	asker === 'anonymous' ? undefined : asker === 'wrong-token' ? 'wrong' : known(asker);

const Kubeconfig = z.object({
	clusters: z.array(
		z.object({name: z.string(), cluster: z.object({server: z.string(), 'certificate-authority-data': z.string().optional()})}),
	),
	users: z.array(z.object({name: z.string(), user: z.object({token: z.string().optional()})})),
	contexts: z.array(z.object({name: z.string(), context: z.object({cluster: z.string(), user: z.string()})})),
});

/** Endpoints by context name; a context that is missing asks without a token. */
function endpointsOf(path: string): (asker: Asker) => Endpoint {
	const {clusters, users, contexts} = Kubeconfig.parse(parse(readFileSync(path, 'utf8')));
	const [first] = clusters;
	if (first === undefined) throw new Error(`${path} names no cluster`);
	const ca = first.cluster['certificate-authority-data'];
	const userOf = (name: string) => contexts.find(context => context.name === name)?.context.user;
	const known = (name: string) => users.find(user => user.name === userOf(name))?.user.token;
	return asker => ({url: first.cluster.server, ca: ca && Buffer.from(ca, 'base64').toString(), token: tokenOf(asker, known)});
}

const text = {type: 'string'} as const;
const {values} = parseArgs({
	options: {against: text, 'patience-ms': {...text, default: '20000'}, report: text, record: text, real: text, other: text},
});
const save = (file: string | undefined, text: string) => file && writeFileSync(file, text);
// Recorded before, the real answers need no control plane.
const real: Recorded[] = values.real === undefined ? await realAnswers() : JSON.parse(readFileSync(values.real, 'utf8'));
save(values.record, JSON.stringify(real, null, 1));
for (const {name} of real.filter(({late}) => late)) say(`${name}: did not come about on the real cluster`);
say(`${real.length} real answers`);
if (values.against !== undefined) {
	const other = await record(rows, {as: endpointsOf(values.against), patienceMs: Number(values['patience-ms'])});
	save(values.other, JSON.stringify(other, null, 1));
	const {text: markdown, differing} = report(real, other);
	save(values.report, markdown);
	if (values.report === undefined) process.stdout.write(markdown);
	say(`${differing} of ${real.length} answers differ`);
	process.exitCode = differing > 0 ? 3 : 0;
}
