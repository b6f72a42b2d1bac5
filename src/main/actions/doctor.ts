import {troubleOf} from '../../core/error.ts';
import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import type {Host} from '../host.ts';
import {openSession, type Session} from '../session.ts';
import {type ActionCall, answer} from './answer.ts';

/** One thing that was looked at. `not-checked` says why. */
type Check = {readonly name: string; readonly status: 'pass' | 'fail' | 'not-checked'; readonly text: string};

const signs = {pass: '✓', fail: '✗', 'not-checked': '-'} as const;

async function check(name: string, look: () => Promise<string>): Promise<Check> {
	try {
		return {name, status: 'pass', text: await look()};
	} catch (error) {
		const {what, why, next} = troubleOf(error);
		return {name, status: 'fail', text: [why === undefined ? what : `${what}: ${why}`, next].filter(Boolean).join('. ')};
	}
}

const clusterChecks = async ({cluster, state}: Session): Promise<readonly Check[]> => [
	await check('cluster', async () => {
		const {context, cluster: server, identity} = await cluster.target(undefined);
		return `${context} at ${server} answers, you are ${identity}`;
	}),
	await check('kinds', async () => `${(await cluster.types()).length} kinds are served`),
	await check('metrics', async () => {
		const {findPrometheus} = await import('../../mcp/monitoring/find-prometheus.ts');
		const found = await findPrometheus(cluster.raw);
		return found.metrics === undefined ? `no metrics: ${found.why}; canaries are judged by readiness and restarts` : found.metrics.source;
	}),
	await check('audit log', async () => {
		const result = await state.audit.verify();
		if (!result.ok) throw new Error(`it was tampered with at record ${result.at}: ${result.what}`);
		return `${result.records} records, none altered or lost`;
	}),
];

/** Checks what mkcoa stands on. Exit code 1 when something is broken. */
export async function doctor({options}: ActionCall, host: Host): Promise<ExitCode> {
	const checks: Check[] = [{name: 'runtime', status: 'pass', text: `Node ${process.versions.node}`}];
	let session: Session | undefined;
	checks.push(
		await check('kubeconfig and state folder', async () => {
			session = await openSession({options, host});
			return `read; ${session.cluster.contexts().length} contexts`;
		}),
	);
	if (session === undefined)
		checks.push({name: 'cluster', status: 'not-checked', text: 'because the kubeconfig or the state folder cannot be used'});
	else {
		checks.push(...(await clusterChecks(session)));
		await session.close();
	}
	await answer(host.streams, options, checks, () => checks.map(({name, status, text}) => `${signs[status]} ${name}: ${text}`).join('\n'));
	return checks.some(({status}) => status === 'fail') ? exitCodes.failed : exitCodes.done;
}
