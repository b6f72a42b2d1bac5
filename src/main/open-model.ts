import {execFile} from 'node:child_process';
import {configurationOf, modelsSchema} from '../agents/models/configuration.ts';
import type {RunProgram} from '../agents/models/find-key.ts';
import {type Opened, openModel} from '../agents/models/open-model.ts';
import {readConfigFile} from './config-file.ts';
import type {Host} from './host.ts';

const file = 'models.yaml';

/**
 * The model that this person uses, and why. Nothing is sent yet.
 * @param flag `--model`
 * @param learn hides the key in everything that is printed, stored or sent
 * @throws `model-*` or `bad-models` with a remedy
 */
export async function openUserModel(flag: string | undefined, host: Host, learn: (secret: string) => void): Promise<Opened> {
	const own = await readConfigFile(host, {
		name: file,
		schema: modelsSchema,
		code: 'bad-models',
		what: 'The models file',
		next: 'Mend it, or ask without a model: --model none',
	});
	const {env, clock, signal} = host;
	return openModel({
		flag,
		env,
		platform: process.platform,
		configuration: configurationOf(own),
		file,
		run: programRunner(env, signal),
		learn,
		clock,
	});
}

const longestKeyBytes = 64 * 1024;

/** A program that hands out a key; it may ask the person by its own window, never on our input. */
const programRunner =
	(env: Host['env'], signal: AbortSignal): RunProgram =>
	([program = '', ...words]) =>
		new Promise((resolve, reject) => {
			const child = execFile(program, words, {env, signal, maxBuffer: longestKeyBytes}, (error, out) => {
				if (error === null) resolve({code: 0, out});
				else if (signal.aborted) reject(signal.reason);
				else resolve({code: typeof error.code === 'number' ? error.code : undefined, out: ''});
			});
			child.stdin?.end();
		});
