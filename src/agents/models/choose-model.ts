import {MkcoaError} from '../../core/error.ts';
import {nearestNames} from '../../core/text/nearest-names.ts';
import type {Configuration} from './configuration.ts';

type Environment = {readonly [variable: string]: string | undefined};

/** Which model, and what decided it; without a name, the built-in router answers alone. */
export type Choice =
	| {readonly kind: 'model'; readonly provider: string; readonly model: string; readonly why: string}
	| {readonly kind: 'none'; readonly why: string};

type Asking = {
	/** `--model`. */
	readonly flag?: string | undefined;
	readonly env: Environment;
	readonly configuration: Configuration;
	/** Name of the configuration file, for the reason. */
	readonly file: string;
};

/**
 * The flag, then `MKCOA_MODEL`, then the file, then the first provider whose key the environment or the file gives.
 * @throws `model-unknown` for a provider nobody described, or a name that fits no provider
 */
export function chooseModel({flag, env, configuration, file}: Asking): Choice {
	const said = [
		{text: flag, by: '--model names it'},
		{text: env.MKCOA_MODEL, by: 'MKCOA_MODEL names it'},
		{text: configuration.model, by: `${file} names it`},
	].find(({text}) => text !== undefined && text !== '');
	return said?.text === undefined ? byKey(env, configuration) : named(said.text, said.by, configuration);
}

function byKey(env: Environment, {providers}: Configuration): Choice {
	for (const [provider, {keyFrom = [], keyCommand, model, baseUrlFrom = [], wireElsewhere}] of Object.entries(providers)) {
		const variable = keyFrom.find(name => env[name]);
		if (model === undefined || (variable === undefined && keyCommand === undefined)) continue;
		const elsewhere = wireElsewhere && baseUrlFrom.find(name => env[name]);
		if (elsewhere) return {kind: 'none', why: `${elsewhere} is set, and no model of that server is named (--model ${provider}/NAME)`};
		return {
			kind: 'model',
			provider,
			model,
			why: variable === undefined ? `a command is configured for the key of ${provider}` : `${variable} is set`,
		};
	}
	const known = Object.values(providers).flatMap(({keyFrom = [], model}) => (model === undefined ? [] : keyFrom.slice(0, 1)));
	return {kind: 'none', why: `no model is named and none of ${known.join(', ')} is set`};
}

function named(text: string, why: string, {providers, models}: Configuration): Choice {
	if (text === 'none') return {kind: 'none', why: why.replace('names it', 'asks for none')};
	const slash = text.indexOf('/');
	const first = slash === -1 ? text : text.slice(0, slash);
	const settings = Object.hasOwn(providers, first) ? providers[first] : undefined;
	if (settings !== undefined) {
		const model = slash === -1 ? settings.model : text.slice(slash + 1);
		if (model !== undefined && model !== '') return {kind: 'model', provider: first, model, why};
		throw unknown(`${first} has no model of its own`, `Name one: --model ${first}/NAME`);
	}
	const full = Object.keys(models).find(name => name.endsWith(`/${text}`));
	if (full !== undefined) return {kind: 'model', provider: full.slice(0, full.indexOf('/')), model: text, why};
	const near = nearestNames(text, [...Object.keys(providers), ...Object.keys(models)]);
	const next =
		near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `Write PROVIDER/NAME; providers are ${Object.keys(providers).join(', ')}`;
	throw unknown(`No provider of models is called '${first}'`, next);
}

const unknown = (what: string, next: string) => new MkcoaError({kind: 'usage', code: 'model-unknown', what, next});
