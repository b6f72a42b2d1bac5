import {MkcoaError} from '../../core/error.ts';
import type {ProviderSettings} from './configuration.ts';

/** Runs a program with its arguments, without a shell. `code` is missing where the program is not installed. */
export type RunProgram = (command: readonly string[]) => Promise<{readonly code: number | undefined; readonly out: string}>;

/** A key and where it is from, such as `ANTHROPIC_API_KEY` or `pass`. */
export type FoundKey = {readonly key: string; readonly from: string};

type Asking = {
	readonly provider: string;
	readonly settings: ProviderSettings;
	readonly env: {readonly [variable: string]: string | undefined};
	readonly platform: NodeJS.Platform;
	readonly run: RunProgram;
};

/** Stores of the system that can be asked by a program; what they hold is stored under the service `mkcoa`. */
const keychains: {readonly [platform in NodeJS.Platform]?: (provider: string) => readonly string[]} = {
	darwin: provider => ['security', 'find-generic-password', '-w', '-s', 'mkcoa', '-a', provider],
	linux: provider => ['secret-tool', 'lookup', 'service', 'mkcoa', 'account', provider],
};

/**
 * The environment, then the command of the configuration, then the keychain of the system.
 * @returns undefined where none of them has a key
 * @throws `model-key-command` when the configured command fails; `model-key-unusable` for what no header can carry
 */
export async function findKey({provider, settings, env, platform, run}: Asking): Promise<FoundKey | undefined> {
	const variable = settings.keyFrom?.find(name => env[name]);
	if (variable !== undefined) return usable(env[variable] ?? '', variable);
	const {keyCommand} = settings;
	if (keyCommand !== undefined) {
		const name = keyCommand[0] ?? '';
		const {code, out} = await run(keyCommand);
		if (code === 0 && firstLine(out) !== '') return usable(out, name);
		throw commandFailed(provider, name, code);
	}
	const keychain = keychains[platform]?.(provider);
	if (keychain === undefined) return undefined;
	const {code, out} = await run(keychain);
	return code === 0 && firstLine(out) !== '' ? usable(out, keychain[0] ?? '') : undefined;
}

const firstLine = (text: string) => text.split('\n')[0]?.trim() ?? '';

/** The text itself is never told: it may be the key with something pasted after it. */
function usable(text: string, from: string): FoundKey {
	const key = firstLine(text);
	if (/^[\x21-\x7e]+$/.test(key)) return {key, from};
	throw new MkcoaError({
		kind: 'auth',
		code: 'model-key-unusable',
		what: `${from} holds no usable key`,
		why: 'a key has neither blanks nor letters outside of ASCII',
		next: 'Set it again',
	});
}

function commandFailed(provider: string, name: string, code: number | undefined): MkcoaError {
	const why = code === undefined ? 'it is not installed' : code === 0 ? 'it printed nothing' : `it ended with code ${code}`;
	return new MkcoaError({
		kind: 'auth',
		code: 'model-key-command',
		what: `The command '${name}' gave no key for ${provider}`,
		why,
		next: 'Run it by hand to see what it says, or mend keyCommand in models.yaml',
	});
}
