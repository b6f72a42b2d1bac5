import type {ToolCall} from '../../commands/tool-command.ts';
import {MkcoaError, type Trouble, troubleOf} from '../../core/error.ts';
import type {Finding} from '../../core/finding.ts';
import {inParallel} from '../../core/in-parallel.ts';
import {type AnyOutcome, type ExitCode, exitCodeOf, exitCodes} from '../../core/outcome.ts';
import {reaches} from '../../core/reports/report.ts';
import {textLines} from '../../core/text/styled.ts';
import type {AnyTool, View} from '../../core/tool.ts';
import {listContexts} from '../../mcp/kubernetes/kubeconfig/list-contexts.ts';
import {loadKubeconfig} from '../../mcp/kubernetes/kubeconfig/load-kubeconfig.ts';
import {foundBy, printReport} from '../findings-report.ts';
import type {Host} from '../host.ts';
import type {Ports} from '../ports.ts';
import {openSession} from '../session.ts';
import {answer} from './answer.ts';

/** So many clusters are asked at once: each holds its own objects meanwhile. */
const atOnce = 4;

type Asked = {readonly context: string; readonly outcome: AnyOutcome};

const failed = (tool: string, error: Trouble): AnyOutcome => ({kind: 'failed', tool, error, done: [], undone: [], left: []});

/** Asks one cluster; that it does not answer is its answer, and keeps nobody from hearing the others. */
async function ask({tool, input, options}: ToolCall<Ports>, context: string, host: Host): Promise<Asked> {
	try {
		const session = await openSession({options: {...options, context, quiet: true}, host});
		try {
			return {context, outcome: session.redact(await session.run(tool, input))};
		} finally {
			await session.close();
		}
	} catch (error) {
		return {context, outcome: failed(tool.name, troubleOf(error))};
	}
}

/** The answers in the order of the contexts, as soon as all are there. */
async function askAll(
	call: ToolCall<Ports>,
	contexts: readonly string[],
	host: Host,
	tell: (done: number) => void,
): Promise<readonly Asked[]> {
	let done = 0;
	return await inParallel(
		contexts,
		async context => {
			const asked = await ask(call, context, host);
			tell(++done);
			return asked;
		},
		atOnce,
	);
}

function partText(tool: AnyTool<Ports>, {context, outcome}: Asked, view: View): string {
	const said =
		outcome.kind === 'done'
			? [tool.text(outcome.output, view)]
			: outcome.kind === 'failed'
				? textLines('✗ ', [outcome.error.what, outcome.error.why, outcome.error.next].filter(text => text !== undefined).join('. '), view)
				: [outcome.kind];
	return [`== ${context}`, ...said].join('\n');
}

/** A finding of one of several clusters says of which. */
const ofContext = (context: string, finding: Finding): Finding => ({...finding, cause: `${context}: ${finding.cause}`});

/** Where nobody answered, nothing was looked at: that is a finding of its own kind. */
const unseen = ({context, outcome}: Asked): readonly Finding[] =>
	outcome.kind === 'failed'
		? [
				{
					id: 'cluster-not-looked-at',
					status: 'not-checked',
					severity: 'high',
					evidence: [],
					cause: `Cluster ${context}`,
					why: outcome.error.what,
				},
			]
		: [];

function exitCode(asked: readonly Asked[], findings: readonly Finding[], failOn: Finding['severity'] | undefined): ExitCode {
	if (failOn !== undefined && reaches(findings, failOn)) return exitCodes.findings;
	return asked.map(({outcome}) => exitCodeOf(outcome)).find(code => code !== exitCodes.done) ?? exitCodes.done;
}

/** One reading tool in the cluster of every context of the kubeconfig, side by side; the error of one is told with the answers of the others. */
export async function everyContext(call: ToolCall<Ports>, host: Host): Promise<ExitCode> {
	const {tool, options, failOn} = call;
	const {streams} = host;
	if (options.context !== undefined || options.sandbox !== undefined)
		throw new MkcoaError({
			kind: 'usage',
			code: 'bad-flag',
			what: '--all-contexts was given together with one cluster',
			next: 'Leave --context and --sandbox out, or --all-contexts',
		});
	// Only names are taken from it: each session learns for itself what it must not tell.
	const kubeconfig = await loadKubeconfig({file: options.kubeconfig, environment: host.env, home: host.home, learn() {}});
	const contexts = listContexts(kubeconfig).map(({name}) => name);
	const asked = await askAll(call, contexts, host, done => {
		if (!options.quiet && streams.errIsTerminal) streams.err(`  ${done} of ${contexts.length} clusters looked at\n`);
	});
	const findings = asked.flatMap(each => [
		...foundBy(tool, each.outcome).map(finding => ofContext(each.context, finding)),
		...unseen(each),
	]);
	if (options.report !== undefined) await printReport(options.report, tool.command, findings, host);
	else
		await answer(streams, options, {contexts: asked}, () => {
			const view = {width: streams.width, terminal: streams.outIsTerminal, nowMs: host.clock.now(), isPlain: streams.isPlain};
			return asked.map(each => partText(tool, each, view)).join('\n\n');
		});
	return exitCode(asked, findings, failOn);
}
