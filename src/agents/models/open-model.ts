import type {Clock} from '../../core/clock.ts';
import {MkcoaError} from '../../core/error.ts';
import {type Choice, chooseModel} from './choose-model.ts';
import type {Configuration, ProviderSettings} from './configuration.ts';
import {createModel} from './create-model.ts';
import {endpointOf} from './endpoint-of.ts';
import {fetchFor} from './fetch-for.ts';
import {type FoundKey, findKey, type RunProgram} from './find-key.ts';
import type {Model} from './model.ts';

/** `--model`, the surroundings, and where the key goes to be hidden. */
export type Opening = {
	readonly flag: string | undefined;
	readonly env: {readonly [variable: string]: string | undefined};
	readonly platform: NodeJS.Platform;
	readonly configuration: Configuration;
	/** Name of the configuration file, for reasons. */
	readonly file: string;
	readonly run: RunProgram;
	/** Every key goes here before anything else is done with it. */
	readonly learn: (secret: string) => void;
	readonly clock: Clock;
};

/** What answers, and why. `text` is one sentence for a person. */
export type Opened =
	| {readonly kind: 'model'; readonly model: Model; readonly text: string}
	| {readonly kind: 'none'; readonly text: string};

/**
 * Finds out which model is used and makes it ready; nothing is sent.
 * @throws `model-*` with a remedy: a provider or name nobody knows, no key, a base URL that is none
 */
export async function openModel(opening: Opening): Promise<Opened> {
	const {configuration} = opening;
	const choice = chooseModel(opening);
	if (choice.kind === 'none') return {kind: 'none', text: `The built-in router answers, because ${choice.why}.`};
	const settings = configuration.providers[choice.provider] ?? {};
	const found = await keyFor(choice, settings, opening);
	const endpoint = endpointOf(choice, settings, {...opening, found});
	const {contextTokens = configuration.contextTokens, prices = []} = configuration.models[endpoint.name] ?? {};
	const slowMs = configuration.slowSeconds * 1000;
	const fetch = () => fetchFor(new URL(endpoint.baseUrl), opening.env);
	const model = createModel(endpoint, {contextTokens, prices}, {clock: opening.clock, slowMs, fetch});
	const key = found === undefined ? 'It needs no key' : `Its key is from ${found.from}`;
	return {kind: 'model', model, text: `${endpoint.name} at ${new URL(endpoint.baseUrl).host} answers, because ${choice.why}. ${key}.`};
}

async function keyFor(
	{provider, model}: Extract<Choice, {kind: 'model'}>,
	settings: ProviderSettings,
	opening: Opening,
): Promise<FoundKey | undefined> {
	if (settings.keyless) return undefined;
	const found = await findKey({provider, settings, ...opening});
	if (found !== undefined) {
		opening.learn(found.key);
		return found;
	}
	throw new MkcoaError({
		kind: 'auth',
		code: 'model-no-key',
		what: `There is no key for ${provider}/${model}`,
		next: `Set ${settings.keyFrom?.[0] ?? `providers.${provider}.keyFrom or keyCommand in models.yaml`}, or ask without a model: --model none`,
	});
}
