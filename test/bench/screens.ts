import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import type {CommandLine} from './launcher.ts';
import {type Spread, spreadOf} from './statistics.ts';

/** What a person at a terminal waits for, on a terminal of 80 by 24. Times are milliseconds. */
export type ScreenResult = {
	readonly name: string;
	readonly title: string;
	/** As a person types it. */
	readonly command: string;
	/** At most this, in the median. */
	readonly goalMs: number;
	readonly samplesMs: readonly number[];
	readonly spread: Spread;
	readonly met: boolean;
};

/** What the launcher tells of one run. */
type Shown = {readonly frameMs: number; readonly keyMs: readonly number[]};

type Asked = {
	/** A text of the first picture. */
	readonly picture: string;
	/** Sent so many times before the first key; each time `answered` is waited for. */
	readonly request?: string;
	readonly answered?: string;
	readonly times?: number;
	/** Typed one by one; none is held back by the screen, such as a space at the end of a line. */
	readonly keys?: string;
	readonly command: CommandLine;
};

export type MeasureScreen = (asked: Asked) => Promise<Shown>;

/** @param launcher built by `buildLauncher`; `env` of the measured program */
export const screenMeasure =
	(launcher: string, env: NodeJS.ProcessEnv): MeasureScreen =>
	async ({picture, request = '', answered = '', times = 0, keys = '', command}) => {
		const words = ['--screen', picture, request, answered, String(times), keys, ...command];
		const {stdout} = await promisify(execFile)(launcher, words, {env: {...env, TERM: 'xterm-256color'}});
		return JSON.parse(stdout) as Shown;
	};

type ScreenCase = Pick<ScreenResult, 'name' | 'title' | 'command' | 'goalMs'> & {
	readonly samples: (measure: MeasureScreen, mkcoa: CommandLine, runs: number) => Promise<readonly number[]>;
};

const firstFrame =
	(picture: string, ...words: readonly string[]): ScreenCase['samples'] =>
	async (measure, mkcoa, runs) => {
		const samples: number[] = [];
		// The first one fills the cache of compiled code, and is not counted.
		for (let run = 0; run <= runs; run++) {
			const {frameMs} = await measure({picture, command: [...mkcoa, ...words]});
			if (run > 0) samples.push(frameMs);
		}
		return samples;
	};

/** Answers of 52 lines and more each: 2,000 lines stand above the one that is typed. */
const answers = 40;

/** Every wait of a person at a screen that mkcoa promises something of. */
export const screenCases: readonly ScreenCase[] = [
	{
		name: 'first-frame-home',
		title: 'First picture of the overview',
		command: 'mkcoa',
		goalMs: 250,
		samples: firstFrame('Clusters'),
	},
	{
		name: 'first-frame-chat',
		title: 'First picture of a conversation',
		command: 'mkcoa chat',
		goalMs: 250,
		samples: firstFrame('what to change', 'chat'),
	},
	{
		name: 'typing',
		title: 'A key in a conversation, below 2,000 lines of answers',
		command: 'mkcoa --sandbox large chat --no-model',
		goalMs: 16,
		samples: async (measure, mkcoa) => {
			const {keyMs} = await measure({
				picture: 'what to change',
				request: 'list all pods in all namespaces',
				answered: 'more: --all',
				times: answers,
				keys: 'scalewebtofivepodspleaseandtellmewhen',
				command: [...mkcoa, '--sandbox', 'large', 'chat', '--no-model'],
			});
			return keyMs;
		},
	},
];

export async function runScreenCase(
	{samples, ...about}: ScreenCase,
	measure: MeasureScreen,
	mkcoa: CommandLine,
	runs: number,
): Promise<ScreenResult> {
	const samplesMs = await samples(measure, mkcoa, runs);
	const spread = spreadOf(samplesMs);
	return {...about, samplesMs, spread, met: spread.median <= about.goalMs};
}
