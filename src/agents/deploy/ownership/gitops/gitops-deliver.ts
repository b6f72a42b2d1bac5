import {createHash} from 'node:crypto';
import * as z from 'zod';
import {MkcoaError} from '../../../../core/error.ts';
import {canonicalJson} from '../../../../core/json.ts';
import type {Change, Consequence, Draft} from '../../../../core/plan.ts';
import {parsedInput} from '../../../../core/road/parsed-input.ts';
import {sealDraft} from '../../../../core/secrets/seal.ts';
import {count} from '../../../../core/text/count.ts';
import {type ChangeToolOf, type Context, changeTool} from '../../../../core/tool.ts';
import type {Repository} from '../../../../mcp/git/port.ts';
import type {DeployPorts} from '../../ports.ts';
import {deliveredChanges} from './delivered-changes.ts';
import {type Edited, editedFiles, type LineChange} from './edited-files.ts';
import {type FoundEdit, findEdits, foundEdit} from './find-edits.ts';
import {sourcesOf} from './source-tree.ts';

/** What a delivery needs beside the cluster: the tool whose plan is delivered, and the repository that it goes to. */
export type DeliveryPorts = DeployPorts & {
	readonly changeTool: (name: string) => Promise<ChangeToolOf<DeployPorts> | undefined>;
	readonly repository: (place: string) => Promise<Repository>;
};

const longestLine = 120;

/**
 * Delivers what another tool plans as a commit on a branch, for workloads that a GitOps controller or Helm owns. It has no command of its own:
 * `--gitops` on a change leads here.
 */
export const gitopsDeliver = changeTool({
	name: 'gitops_deliver',
	summary: 'Delivers a planned change as a commit on a branch of the repository that the cluster is made from',
	effect: 'change',
	annotations: {readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: true},
	command: ['gitops', 'deliver'],
	positionals: [],
	input: z.object({
		tool: z.string().max(100).describe('Tool that plans the change'),
		input: z
			.string()
			.max(1024 * 1024)
			.describe('Its input, as JSON'),
		repository: z.string().min(1).max(2048).describe('Folder in a checkout, or address of a repository'),
	}),
	resolved: z.object({
		tool: z.string(),
		input: z.string(),
		repository: z.string(),
		head: z.string(),
		branch: z.string(),
		/** What is edited, as JSON: an approval binds to it. */
		edits: z.string(),
		title: z.string(),
		namespace: z.string().optional(),
	}),
	output: z.object({
		branch: z.string(),
		commit: z.string(),
		repository: z.string(),
		pushedTo: z.string().optional(),
		pullRequest: z.string().optional(),
		files: z.array(z.object({file: z.string(), line: z.number(), removed: z.array(z.string()), added: z.array(z.string())})),
		next: z.string(),
	}),
	text: ({branch, commit, pullRequest, files, next}) =>
		[
			`✓ ${commit.slice(0, 12)} on branch ${branch}${pullRequest === undefined ? '' : `, ${pullRequest}`}`,
			...files.flatMap(fileLines),
			next,
		].join('\n'),

	async plan(given, {ports, ...context}: Context<DeliveryPorts>) {
		const inner = await innerPlan(given, {ports, ...context});
		const repository = await ports.repository(given.repository);
		try {
			const edits = await editsOf(repository, deliveredChanges(inner));
			const edited = editedFiles(await repository.files(), edits);
			const branch = branchOf(inner, edited);
			const namespace = typeof inner.input.namespace === 'string' ? {namespace: inner.input.namespace} : {};
			const isThere = (await repository.branchHead(branch)) !== undefined;
			return {
				input: {...given, head: repository.head, branch, edits: JSON.stringify(edits), title: inner.summary, ...namespace},
				summary: isThere
					? `${inner.summary}: branch ${branch} of ${repository.name} holds it already, and waits to be merged`
					: `${inner.summary}, as a commit on ${branch} of ${repository.name}`,
				risk: {level: 'low' as const, reasons: []},
				steps: isThere ? [] : stepsOf(repository, branch, edited),
				changes: deliveredChanges(inner).map(change => ({
					...change,
					why: 'what the repository will ask for; nothing in the cluster changes now',
				})),
				consequences: [...consequencesOf(inner, isThere ? branch : undefined), ...(isThere ? [] : hookNotes(repository, branch))],
				preconditions: [],
				verify: [],
				undo: {possible: false, how: `nothing in the cluster changes; delete the branch ${branch}, or revert it after the merge`},
			};
		} finally {
			await repository.close();
		}
	},

	async apply({input, consequences}, {ports, emit}) {
		const repository = await ports.repository(input.repository);
		try {
			if (repository.head !== input.head) throw moved(repository);
			const {files, lines} = editedFiles(await repository.files(), z.array(foundEdit).parse(JSON.parse(input.edits)));
			// Hooks are of this machine: nobody who reads the commit has to know of them.
			const body = messageOf(
				consequences.filter(({id}) => id !== notRun),
				lines,
			);
			emit({kind: 'step', index: 0, of: 1, title: `Commit to ${input.branch}`});
			const {id, pushed} = await repository.commit({branch: input.branch, message: `${input.title}\n\n${body}\n`, files});
			const request = pushed === undefined ? undefined : await repository.pullRequest({branch: input.branch, title: input.title, body});
			if (request !== undefined && request.url === undefined) emit({kind: 'note', text: `No request to merge: ${request.why}`});
			return {
				branch: input.branch,
				commit: id,
				repository: repository.name,
				...(pushed === undefined ? {} : {pushedTo: pushed}),
				...(request?.url === undefined ? {} : {pullRequest: request.url}),
				files: lines.map(({removed, added, ...line}) => ({...line, removed: [...removed], added: [...added]})),
				next: nextOf(repository, input.branch, pushed, request?.url),
			};
		} finally {
			await repository.close();
		}
	},
});

type Given = {readonly tool: string; readonly input: string};

async function innerPlan({tool: name, input}: Given, context: Context<DeliveryPorts>): Promise<Draft> {
	const tool = await context.ports.changeTool(name);
	if (tool === undefined) throw usage('not-deliverable', `${name} changes nothing that a repository holds`, 'Leave --gitops out');
	const draft = await tool.plan(parsedInput(tool, jsonOf(input)), context);
	const shown = {...draft, steps: [], changes: deliveredChanges(draft)};
	if (canonicalJson(sealDraft(shown).draft.changes) === canonicalJson(shown.changes)) return draft;
	throw usage(
		'secret-in-change',
		'A secret value stands in the change, and files of a repository are no place for it',
		'Put it into a Secret: mkcoa deploy secret',
	);
}

function jsonOf(input: string): unknown {
	try {
		return JSON.parse(input);
	} catch {
		throw usage(
			'bad-input',
			'The value of input does not fit',
			'Give the input of the tool that plans the change, as a JSON object in a text',
		);
	}
}

async function editsOf(repository: Repository, changes: readonly Change[]): Promise<readonly FoundEdit[]> {
	const files = await repository.files();
	const {edits, missing} = findEdits(sourcesOf(files, repository.folder), changes);
	if (missing.length > 0 || edits.length === 0) {
		throw new MkcoaError({
			kind: 'usage',
			code: 'not-in-the-repository',
			what: `The change has no place in ${repository.name}${repository.folder === '' ? '' : `, folder ${repository.folder}`}`,
			why: missing.join('; ') || 'the plan changes nothing that stands in files',
			next: 'Give --gitops the folder or the file that this cluster is made from, such as DIR/overlays/production',
		});
	}
	return edits;
}

/** The same change gets the same branch, so a second delivery finds the first. */
function branchOf(inner: Draft, {files}: Edited): string {
	const name = typeof inner.input.name === 'string' ? inner.input.name : 'change';
	const digest = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 8);
	return `mkcoa/${name.slice(0, 100)}-${digest}`;
}

function stepsOf({name, remote, requests}: Repository, branch: string, {lines}: Edited) {
	const edits = lines.map(line => ({title: `Edit ${line.file}:${line.line}: ${shownLine(line)}`, writes: []}));
	const delivery = remote === undefined ? `Commit to branch ${branch} of ${name}` : `Commit to branch ${branch} and push it to ${remote}`;
	const request =
		remote !== undefined && requests.how !== undefined
			? [{title: `Ask for its merge ${requests.how}`, writes: [], outside: true as const}]
			: [];
	return [...edits, {title: delivery, writes: [], outside: true as const}, ...request];
}

const cut = (text: string) => (text.length > longestLine ? `${text.slice(0, longestLine - 1)}…` : text);

const shownLine = ({removed, added}: LineChange) => {
	const [was, is] = [removed, added].map(lines => cut(lines.map(line => line.trim()).join(' ⏎ ')));
	if (was === '') return `add ${is}`;
	return is === '' ? `remove ${was}` : `${was} → ${is}`;
};

const fileLines = ({file, line, removed, added}: LineChange) => [
	`  ${file}:${line}`,
	...removed.map(text => `  - ${text}`),
	...added.map(text => `  + ${text}`),
];

function consequencesOf({consequences}: Draft, existing: string | undefined): readonly Consequence[] {
	const owners = consequences.filter(({id}) => id.startsWith('managed-by-'));
	const who = owners.length === 0 ? 'whatever applies the repository' : 'its owner';
	const own: Consequence[] = [
		{
			id: 'delivered-by-git',
			severity: 'info',
			text: `The cluster changes when the branch is merged and ${who} syncs it, in that owner's own way of rolling out`,
		},
	];
	if (existing !== undefined)
		own.push({id: 'delivered-already', severity: 'info', text: `The branch ${existing} holds this change already`});
	return [...own, ...owners.map(({text, ...rest}): Consequence => ({...rest, severity: 'info', text: text.split(': ')[0] ?? text}))];
}

const notRun = 'hooks-not-run';

/** An approval binds to the edits as they are shown, and a hook may change them; it would look at the person's working folder, too. */
const hookNotes = ({hooks, name}: Repository, branch: string): readonly Consequence[] =>
	hooks.length === 0
		? []
		: [
				{
					id: notRun,
					severity: 'warning',
					text: `${count(hooks.length, 'hook')} of ${name} ${hooks.length === 1 ? 'does' : 'do'} not run (${hooks.join(', ')}): the commit holds these edits and nothing else. Run what they check on ${branch} before you merge it`,
				},
			];

const messageOf = (consequences: readonly Consequence[], lines: readonly LineChange[]) =>
	[
		...lines.map(line => `${line.file}:${line.line}: ${shownLine(line)}`),
		...(consequences.length === 0 ? [] : ['', 'What follows:', ...consequences.map(({text}) => `- ${text}`)]),
	].join('\n');

function nextOf({name, requests}: Repository, branch: string, pushed: string | undefined, url: string | undefined): string {
	if (url !== undefined) return `Review and merge ${url}`;
	if (pushed !== undefined)
		return `Merge the branch ${branch} of ${pushed}${requests.how === undefined ? ` (no request was made: ${requests.why})` : ''}`;
	return `Look at it with: git -C ${name} show ${branch}. Push it with: git -C ${name} push origin ${branch}`;
}

const moved = ({name, branch}: Repository) =>
	new MkcoaError({
		kind: 'environment',
		code: 'repository-moved',
		what: `${branch || 'HEAD'} of ${name} moved since the plan`,
		next: 'Make the plan again',
	});

const usage = (code: string, what: string, next: string) => new MkcoaError({kind: 'usage', code, what, next});
