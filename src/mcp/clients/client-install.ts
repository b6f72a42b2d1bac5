import * as z from 'zod';
import {checkedText} from '../../core/checked-text.ts';
import {riskOf} from '../../core/consequences/consequences.ts';
import {gravestFirst} from '../../core/consequences/gravest-first.ts';
import {diffObjects} from '../../core/diff/diff.ts';
import {noSchema} from '../../core/diff/kube-schema.ts';
import {MkcoaError} from '../../core/error.ts';
import {textAt, valueAt} from '../../core/kube/json-at.ts';
import type {KubeObject} from '../../core/kube/kube-object.ts';
import {mergePatchBetween} from '../../core/patch/merge-patch.ts';
import type {Consequence, Write} from '../../core/plan.ts';
import {preconditionOf} from '../../core/road/precondition.ts';
import {type Context, changeTool} from '../../core/tool.ts';
import {clientNames, clients} from './client-file.ts';
import type {SettingsPorts} from './port.ts';
import {type Entry, isTaken, ownVariables, withEntry} from './settings-object.ts';
import {type SettingsPlace, serverName, settingsRef} from './settings-place.ts';

const text = z.string().min(1).max(4096);

const input = z.object({
	client: z.enum(clientNames).describe('Client to install mkcoa in'),
	file: text.describe('Settings file of the client, by its absolute path'),
	project: text.optional().describe('Folder of the project that the file belongs to'),
	name: checkedText(64, serverName, 'expected letters, digits, - and _').describe('Name of the server among those of the client'),
	command: z.array(text).min(1).max(50).describe('Program that the client starts, and its arguments'),
	variables: z
		.array(checkedText(8192, new RegExp(`^(?:${ownVariables.join('|')})=`), `expected NAME=VALUE of ${ownVariables.join(', ')}`))
		.default([])
		.describe('Variables that it is started with, as NAME=VALUE'),
});

type Input = z.output<typeof input>;

const entryOf = ({client, command: [command = '', ...args], variables}: Input): Entry => ({
	...(clients[client].typed ? {type: 'stdio'} : {}),
	command,
	args,
	...(variables.length === 0 ? {} : {env: Object.fromEntries(variables.map(pair => pair.split(/=(.*)/s).slice(0, 2)))}),
});

/**
 * Not among the tools of any toolset: a model never edits the settings of the program that it runs in. Its target is this machine, so a session of a
 * cluster refuses its plans.
 */
export const clientInstall = changeTool({
	name: 'client_install',
	summary: 'Installs mkcoa as a server in the settings of an MCP client',
	effect: 'change',
	annotations: {readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false},
	command: ['mcp', 'install'],
	positionals: ['client'],
	input,
	resolved: input,
	output: z.object({client: z.enum(clientNames), file: z.string(), name: z.string()}),
	async plan(wish, {ports: {cluster: settings}}: Context<SettingsPorts>) {
		const place = {...wish, project: wish.project};
		const ref = settingsRef(place);
		const before = await settings.get(ref);
		if (before === undefined) throw onlyHere();
		if (isTaken(before, place)) throw nameTaken(place);
		const patch = mergePatchBetween(before, withEntry(before, place, entryOf(wish)));
		const write: Write = {op: 'patch', ref, type: 'merge', patch};
		const {after = null} = await settings.dryRun(write);
		const fields = diffObjects(before, after, noSchema);
		const isIdle = fields.length === 0;
		const consequences = isIdle ? [] : gravestFirst(consequencesOf(wish, before));
		return {
			input: wish,
			summary: summaryOf(wish, before),
			risk: riskOf(consequences, 'change'),
			steps: isIdle ? [] : [{title: `Write ${wish.file}`, writes: [write]}],
			changes: isIdle ? [] : [{ref, operation: 'update', fields, computed: 'server'}],
			consequences,
			preconditions: [preconditionOf(before, ref)],
			verify: isIdle ? [] : [`${wish.file}, read again, has this entry`],
			undo: {possible: true, how: 'mkcoa undo takes the entry out again, or sets it back, and leaves all else in the file'},
		};
	},
	async apply({input: {client, file, name}, steps}, _context, effects) {
		for (const index of steps.keys()) await effects.performStep(index);
		return {client, file, name};
	},
	text: ({client, file, name}) => `${clients[client].title} has the server ${name} now, in ${file}`,
});

function summaryOf({client, name}: Input, before: KubeObject): string {
	const {title, list} = clients[client];
	return valueAt(before, list, name) === undefined ? `Install mkcoa in ${title} as ${name}` : `Update the server ${name} in ${title}`;
}

/** What follows, computed from the file and from what is to be started. */
function consequencesOf({client, file, project, command}: Input, before: KubeObject): readonly Consequence[] {
	const {title, takesEffect} = clients[client];
	const told = (severity: Consequence['severity'], id: string, words: string): Consequence => ({id, severity, text: words});
	const link = textAt(before, 'status', 'behindLink');
	return [
		told('info', 'takes-effect', takesEffect),
		...(command.includes('--allow-changes')
			? [told('info', 'changes-allowed', `${title} may ask for changes; each waits until a person says yes in mkcoa`)]
			: []),
		...(valueAt(before, 'status', 'hasFolder') === false && project === undefined
			? [
					told(
						'warning',
						'client-not-found',
						`${title} does not seem to be installed here: the folder of its settings is not there, and is made`,
					),
				]
			: []),
		...(project === undefined
			? []
			: [told('info', 'shared-file', `A file of a project is often shared by git, and this entry names paths of this machine (${file})`)]),
		...(link === undefined ? [] : [told('info', 'behind-link', `The file lies behind a link, at ${link}; the link stays`)]),
		...(/[/\\](?:Cellar|\.nvm|\.volta|\.?fnm|mise|\.asdf)[/\\]/.test(command[0] ?? '')
			? [told('info', 'passing-version', 'The entry names this version of Node: after an update of Node, run this command again')]
			: []),
		...(command.some(word => /[/\\]_npx[/\\]/.test(word))
			? [
					told(
						'warning',
						'passing-program',
						'mkcoa runs from the cache of npx, which npm may clear: install it, and run this command again',
					),
				]
			: []),
	];
}

const onlyHere = () =>
	new MkcoaError({
		kind: 'usage',
		code: 'not-of-this-machine',
		what: 'Settings of MCP clients are changed on this machine alone',
		next: 'Run mkcoa mcp install there',
	});

const nameTaken = ({client, name, file}: Pick<SettingsPlace, 'client' | 'name' | 'file'>) =>
	new MkcoaError({
		kind: 'usage',
		code: 'name-taken',
		what: `${clients[client].title} has another server by the name ${name}`,
		why: `the entry in ${file} does not start mkcoa`,
		next: 'Give mkcoa another name with --name, or remove that entry by hand',
	});
