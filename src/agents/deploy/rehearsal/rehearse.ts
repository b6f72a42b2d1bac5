import * as z from 'zod';
import {MkcoaError} from '../../../core/error.ts';
import {isJsonObject, type Json} from '../../../core/json.ts';
import {refOf, refText} from '../../../core/kube/kube-object.ts';
import type {AnyOutcome} from '../../../core/outcome.ts';
import {parsedInput} from '../../../core/road/parsed-input.ts';
import {type ChangeToolOf, type Context, readTool, StoppedError} from '../../../core/tool.ts';
import {findBackend} from '../backends/find-backend.ts';
import type {DeployPorts} from '../ports.ts';
import type {RehearsalFinding} from './copy-world.ts';
import {type NamespaceCopy, readCopy} from './read-copy.ts';

/** Carries out a tool on a copy, in a cluster that lives inside the process, and tells what that cluster saw. */
export type Rehearse = (
	tool: ChangeToolOf<DeployPorts>,
	input: Json,
	copy: NamespaceCopy & {readonly namespace: string},
) => Promise<{
	readonly outcome: AnyOutcome;
	readonly findings: readonly RehearsalFinding[];
	/** How long it took on the clock of that cluster. */
	readonly tookMs: number;
	/** What was wrong in the copy before anything was changed. */
	readonly unready: readonly string[];
	/** Objects that the copy did not take, each with the reason. */
	readonly refused: readonly string[];
}>;

export type RehearsalPorts = DeployPorts & {
	readonly changeTool: (name: string) => Promise<ChangeToolOf<DeployPorts> | undefined>;
	readonly rehearse: Rehearse;
};

const finding = z.object({id: z.string(), level: z.enum(['bad', 'mind', 'fine']), text: z.string()});
const report = z.object({
	tool: z.string(),
	namespace: z.string(),
	ended: z.string(),
	verdict: z.enum(['would-work', 'would-fail']),
	seconds: z.number(),
	done: z.array(z.string()),
	findings: z.array(finding),
	notCopied: z.array(z.string()),
	unready: z.array(z.string()),
});
type Report = z.output<typeof report>;

/** Has no command of its own: `--rehearse` on a change leads here. */
export const rehearse = readTool({
	name: 'rehearse',
	summary: 'Carries out a change on a copy of the namespace inside the process, and tells what would happen',
	effect: 'read',
	annotations: {readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true},
	command: ['rehearse'],
	positionals: [],
	input: z.object({
		tool: z.string().max(100).describe('Tool that makes the change'),
		input: z
			.string()
			.max(1024 * 1024)
			.describe('Its input, as JSON'),
	}),
	output: report,
	text: reportText,

	async run(given, context: Context<RehearsalPorts>): Promise<Report> {
		const {ports, emit, clock} = context;
		const tool = await ports.changeTool(given.tool);
		if (tool === undefined) throw notRehearsable(given.tool);
		// A change that the real cluster would refuse needs no rehearsal: its own plan says why.
		const draft = await tool.plan(parsedInput(tool, JSON.parse(given.input)), context);
		const namespace = typeof draft.input.namespace === 'string' ? draft.input.namespace : ports.cluster.namespace;
		if (rollouts.test(given.tool) && typeof draft.input.name === 'string')
			await refuseControlled(ports, {namespace, name: draft.input.name, input: JSON.parse(given.input)});
		emit({kind: 'progress', text: `Copying namespace ${namespace}`});
		const copy = await readCopy(ports.cluster, namespace, clock);
		emit({kind: 'progress', text: `Rehearsing on a copy of ${namespace}`});
		const {outcome, findings, tookMs, unready, refused} = await ports.rehearse(tool, JSON.parse(given.input), {...copy, namespace});
		const failed = outcome.kind !== 'done' && outcome.kind !== 'nothing-to-do';
		const answer: Report = {
			tool: given.tool,
			namespace,
			ended: endOf(outcome),
			verdict: failed || findings.some(({level}) => level === 'bad') ? 'would-fail' : 'would-work',
			seconds: Math.round(tookMs / 1000),
			done: outcome.kind === 'failed' ? [...outcome.done] : [],
			findings: findings.map(each => ({...each})),
			notCopied: [...copy.notCopied, ...refused],
			unready: [...unready],
		};
		if (answer.verdict === 'would-work') return answer;
		throw new StoppedError({
			trouble: {
				kind: 'environment',
				code: 'rehearsal-failed',
				what: 'The rehearsal did not end well',
				why: answer.findings.find(({level}) => level === 'bad')?.text ?? answer.ended,
				next: 'Nothing was changed. Mend what it names, and rehearse again',
			},
			undone: [],
			left: [],
			output: answer,
		});
	},
});

/** Tools for a workload that something else may roll out. */
const rollouts = /^deployment_(?!create$)/;

/**
 * The copy has none of the controllers of Argo Rollouts, Flagger and Kruise: what happens there would not be what happens here.
 * @throws `not-rehearsable`
 */
async function refuseControlled(
	{cluster}: DeployPorts,
	{namespace, name, input}: {readonly namespace: string; readonly name: string; readonly input: Json},
): Promise<void> {
	const asked = isJsonObject(input) && typeof input.name === 'string' ? input.name : name;
	const backend = await findBackend(cluster, namespace, asked);
	if (backend.kind === 'plain') return;
	const {kind} = backend.controller;
	throw new MkcoaError({
		kind: 'usage',
		code: 'not-rehearsable',
		what: `What becomes of ${name} cannot be rehearsed`,
		why: `${refText(refOf(backend.controller))} rolls it out, and a copy has no controller for that ${kind}`,
		next: 'Leave --rehearse out, and read the plan with --dry-run',
	});
}

function endOf(outcome: AnyOutcome): string {
	switch (outcome.kind) {
		case 'done':
			return 'it came to its end';
		case 'nothing-to-do':
			return 'there was nothing to do';
		case 'failed':
			return outcome.error.why === undefined ? outcome.error.what : `${outcome.error.what}: ${outcome.error.why}`;
		case 'drifted':
			return `the copy moved meanwhile: ${outcome.moved.join('; ')}`;
		default:
			return `it was ${outcome.kind}`;
	}
}

const marks = {bad: '✗', mind: '!', fine: '-'} as const;

function reportText({namespace, ended, verdict, seconds, findings, notCopied, unready}: Report): string {
	const head =
		verdict === 'would-work' ? `✓ On a copy of ${namespace} ${ended}, after ${seconds} s` : `✗ On a copy of ${namespace}: ${ended}`;
	return [
		head,
		...findings.map(({level, text}) => `  ${marks[level]} ${text}`),
		...unready.map(text => `  ! Before the change already: ${text}`),
		...notCopied.map(text => `  ? Not copied: ${text}`),
		'  - Not rehearsed: what the new version does, images and their registries, network policies, webhooks, rights, real traffic',
	].join('\n');
}

const notRehearsable = (tool: string) =>
	new MkcoaError({
		kind: 'usage',
		code: 'not-rehearsable',
		what: `${tool} changes nothing that could be rehearsed`,
		next: 'Leave --rehearse out',
	});
