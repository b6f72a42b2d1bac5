import {resolve} from 'node:path';
import type {Options} from '../../commands/options.ts';
import {MkcoaError} from '../../core/error.ts';
import type {ExitCode} from '../../core/outcome.ts';
import {nearestNames} from '../../core/text/nearest-names.ts';
import {type ClientName, clientFile, clientNames} from '../../mcp/clients/client-file.ts';
import {clientInstall} from '../../mcp/clients/client-install.ts';
import {ownVariables} from '../../mcp/clients/settings-object.ts';
import {edgeTools} from '../edge/toolsets.ts';
import type {Host} from '../host.ts';
import {openSession} from '../session.ts';
import type {ActionCall} from './answer.ts';

type Values = ActionCall['values'];

/** Writes mkcoa into the settings of a client: a change like any other, whose target is this machine. */
export async function mcpInstall({values, options}: ActionCall, host: Host): Promise<ExitCode> {
	const client = clientNamed(values.client ?? '');
	refuseOtherWays(options);
	await edgeTools(values.toolsets);
	const {folder, platform} = host.started;
	const project = values.project === undefined ? undefined : resolve(folder, values.project);
	const input = {
		client,
		file: clientFile(client, project, {platform, home: host.home, environment: host.env}),
		...(project === undefined ? {} : {project}),
		name: values.name ?? 'mkcoa',
		command: [...host.started.command, 'mcp', 'serve', ...flagsOf(values, options, folder)],
		variables: variablesOf(host),
	};
	const session = await openSession({options, host, here: true});
	try {
		return await session.print(clientInstall, await session.run(clientInstall, input));
	} finally {
		await session.close();
	}
}

/** A value is one word with its flag: one that begins with a dash stays a value. An optional value goes last, or it would take the next word. */
const flagsOf = (
	{toolsets, contexts, allowChanges}: Values,
	{context, namespace, kubeconfig, prometheus, sandbox}: Options,
	folder: string,
) => [
	...(context === undefined ? [] : [`--context=${context}`]),
	...(namespace === undefined ? [] : [`--namespace=${namespace}`]),
	...(kubeconfig === undefined ? [] : [`--kubeconfig=${resolve(folder, kubeconfig)}`]),
	...(prometheus === undefined ? [] : [`--prometheus=${prometheus}`]),
	...(toolsets === undefined ? [] : [`--toolsets=${toolsets}`]),
	...(contexts === undefined ? [] : [`--contexts=${contexts}`]),
	...(allowChanges === undefined ? [] : ['--allow-changes']),
	...(sandbox === undefined ? [] : [sandbox === '' ? '--sandbox' : `--sandbox=${sandbox}`]),
];

/** Clients start their servers with few variables: those by which the server finds the same clusters and the same journal are written down. */
function variablesOf({env, started: {folder, platform}}: Host): readonly string[] {
	const separator = platform === 'win32' ? ';' : ':';
	const absolute = (name: string, value: string) =>
		name === 'KUBECONFIG'
			? value
					.split(separator)
					.filter(Boolean)
					.map(path => resolve(folder, path))
					.join(separator)
			: value;
	return ownVariables.flatMap(name => {
		const value = env[name];
		return value === undefined || value === '' ? [] : [`${name}=${absolute(name, value)}`];
	});
}

function clientNamed(word: string): ClientName {
	const known = clientNames.find(name => name === word);
	if (known !== undefined) return known;
	const [near] = nearestNames(word, clientNames);
	throw new MkcoaError({
		kind: 'usage',
		code: 'unknown-client',
		what: `Client ${JSON.stringify(word)} is not known`,
		...(near === undefined ? {} : {why: `perhaps ${near} is meant`}),
		next: `Name one of ${clientNames.join(', ')}`,
	});
}

function refuseOtherWays({gitops, rehearse}: Options): void {
	if (gitops === undefined && !rehearse) return;
	throw new MkcoaError({
		kind: 'usage',
		code: 'bad-flag',
		what: `mkcoa mcp install changes this machine, and ${rehearse ? '--rehearse' : '--gitops'} is for clusters`,
		next: 'Leave it out. --dry-run shows the plan and changes nothing',
	});
}
