import packageJson from '../package.json' with {type: 'json'};
import {hostStreams} from './commands/host-streams.ts';
import {fileReader} from './commands/read-file.ts';
import {runProgram} from './commands/run-program.ts';
import {systemClock} from './core/clock.ts';
import type {ExitCode} from './core/outcome.ts';
import {homeFolder, userName} from './main/account.ts';
import {actionsOf} from './main/actions.ts';
import type {Host} from './main/host.ts';
import {interruptsOf} from './main/interrupts.ts';
import {scenarios} from './main/scenario-names.ts';
import {startedAs} from './main/started-as.ts';
import {toolGroups} from './main/tool-groups.ts';

/** Composition root: joins the rooms for one command line, and answers the exit code. Heavy rooms are loaded when a command needs them. */
export async function main(argv: readonly string[], host: Host): Promise<ExitCode> {
	const {streams} = host;
	return runProgram(argv, {
		version: packageJson.version,
		streams,
		environment: host.env,
		groups: toolGroups,
		readFile: fileReader(streams),
		runTool: async call => (await import('./main/call-tool.ts')).callTool(call, host),
		actions: actionsOf(host),
		scenarios: scenarios.map(({name}) => name),
		complete: async (kind, place, signal) => (await import('./main/complete.ts')).complete(kind, place, signal, host),
	});
}

/** The process as mkcoa sees it. */
export function hostOf(process: NodeJS.Process, argv: readonly string[]): Host {
	const {signal, takeInterrupt} = interruptsOf(process);
	return {
		streams: hostStreams(process, {colour: !argv.includes('--no-color'), signal}),
		get input() {
			return process.stdin;
		},
		screen: process.stderr,
		get output() {
			return process.stdout;
		},
		env: process.env,
		home: homeFolder(),
		user: userName(process.getuid?.()),
		uid: process.getuid?.(),
		get started() {
			return startedAs(process);
		},
		clock: systemClock(),
		...{signal, takeInterrupt},
	};
}
