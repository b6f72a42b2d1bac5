import {troubleOf} from '../../core/error.ts';
import type {Finding} from '../../core/finding.ts';
import {type ExitCode, exitCodes} from '../../core/outcome.ts';
import type {Host} from '../host.ts';
import {openUserModel} from '../open-model.ts';
import {openSession, type Session} from '../session.ts';
import {type ActionCall, answer} from './answer.ts';

const signs: {readonly [status in Finding['status']]: string} = {pass: '✓', fail: '✗', 'not-checked': '-', 'not-applicable': '-'};

/** What a check rests on, and what it found. */
type Seen = {readonly source: string; readonly detail: string};

async function check(id: string, severity: Finding['severity'], look: () => Promise<Seen>): Promise<Finding> {
	try {
		const seen = await look();
		return {id, status: 'pass', severity, evidence: [seen], cause: seen.detail};
	} catch (error) {
		return failed(id, severity, error);
	}
}

function failed(id: string, severity: Finding['severity'], error: unknown): Finding {
	const {what, why, next} = troubleOf(error);
	const cause = [why === undefined ? what : `${what}: ${why}`, next].filter(Boolean).join('. ');
	return {id, status: 'fail', severity, evidence: [], cause};
}

const notChecked = (id: string, severity: Finding['severity'], why: string): Finding => ({
	id,
	status: 'not-checked',
	severity,
	evidence: [],
	cause: 'not checked',
	why,
});

async function metrics(session: Session): Promise<Finding> {
	try {
		const found = await session.monitoring.metrics();
		if (found.metrics === undefined) return notChecked('metrics', 'low', `${found.why}; canaries are judged by readiness and restarts`);
		const {source} = found.metrics;
		return {id: 'metrics', status: 'pass', severity: 'low', evidence: [{source, detail: 'it answers'}], cause: source};
	} catch (error) {
		return failed('metrics', 'low', error);
	}
}

const clusterChecks = async (session: Session): Promise<readonly Finding[]> => [
	await check('cluster', 'critical', async () => {
		const {context, cluster: server, identity} = await session.cluster.target(undefined);
		return {source: server, detail: `${context} at ${server} answers, you are ${identity}`};
	}),
	await check('kinds', 'high', async () => ({source: 'discovery', detail: `${(await session.cluster.types()).length} kinds are served`})),
	await metrics(session),
	await check('audit log', 'high', async () => {
		const result = await session.state.audit.verify();
		if (!result.ok) throw new Error(`it was tampered with at record ${result.at}: ${result.what}`);
		return {source: 'the state folder', detail: `${result.records} records, none altered or lost`};
	}),
];

/** Only what would be used: nothing is sent to a model. The key itself goes nowhere. */
async function model(host: Host): Promise<Finding> {
	try {
		const {kind, text} = await openUserModel(undefined, host, () => {});
		if (kind === 'none') return {id: 'model', status: 'not-applicable', severity: 'low', evidence: [], cause: text};
		return {
			id: 'model',
			status: 'pass',
			severity: 'low',
			evidence: [{source: 'the environment and models.yaml', detail: text}],
			cause: text,
		};
	} catch (error) {
		return failed('model', 'low', error);
	}
}

const lineOf = ({id, status, cause, why}: Finding) => `${signs[status]} ${id}: ${why ?? cause}`;

/** Checks what mkcoa stands on. Exit code 1 when something is broken. */
export async function doctor({options}: ActionCall, host: Host): Promise<ExitCode> {
	const runtime = `Node ${process.versions.node}`;
	const findings: Finding[] = [
		{id: 'runtime', status: 'pass', severity: 'high', evidence: [{source: 'this process', detail: runtime}], cause: runtime},
	];
	let session: Session | undefined;
	findings.push(
		await check('kubeconfig and state folder', 'critical', async () => {
			session = await openSession({options, host});
			return {source: 'the kubeconfig', detail: `read; ${session.cluster.contexts().length} contexts`};
		}),
	);
	if (session === undefined) findings.push(notChecked('cluster', 'critical', 'because the kubeconfig or the state folder cannot be used'));
	else {
		try {
			findings.push(...(await clusterChecks(session)));
		} finally {
			await session.close();
		}
	}
	findings.push(await model(host));
	await answer(host.streams, options, findings, () => findings.map(lineOf).join('\n'));
	return findings.some(({status}) => status === 'fail') ? exitCodes.failed : exitCodes.done;
}
