import {MkcoaError} from '../../core/error.ts';
import {isLoopback} from '../../core/loopback.ts';
import type {Choice} from './choose-model.ts';
import type {Configuration, ProviderSettings} from './configuration.ts';
import type {Endpoint} from './endpoint.ts';
import type {FoundKey} from './find-key.ts';

type Environment = {readonly [variable: string]: string | undefined};
type Place = {readonly url: URL; readonly from: string | undefined};

/**
 * Where a provider is: the environment decides before the configuration.
 * @throws `model-base-url` where there is none, or what is there is no URL
 */
function placeOf(provider: string, {baseUrl, baseUrlFrom = [], path = ''}: ProviderSettings, env: Environment): Place {
	const from = baseUrlFrom.find(name => env[name]);
	const text = from === undefined ? baseUrl : env[from];
	if (text === undefined) {
		const next = `Set ${baseUrlFrom[0] ?? `providers.${provider}.baseUrl in models.yaml`}`;
		throw new MkcoaError({kind: 'usage', code: 'model-base-url', what: `Nobody says where ${provider} is`, next});
	}
	const url = URL.parse(text);
	// The text is not quoted: whoever mistook the variable may have put a key into it.
	if (url === null || !/^https?:$/.test(url.protocol)) {
		const next = `Write ${from ?? 'baseUrl'} like https://host/v1`;
		throw new MkcoaError({kind: 'usage', code: 'model-base-url', what: `The base URL of ${provider} is no http address`, next});
	}
	if (`${url.username}${url.password}${url.search}` !== '') {
		const next = `Leave them out of ${from ?? 'baseUrl'}; the key has a place of its own`;
		throw new MkcoaError({
			kind: 'usage',
			code: 'model-base-url',
			what: `The base URL of ${provider} holds a user, a password or a query`,
			next,
		});
	}
	if (from !== undefined && !url.pathname.startsWith(path)) url.pathname = path;
	return {url, from};
}

/**
 * All that a request needs to know of its server.
 * @throws `model-not-private` before a key would travel in plain text
 */
export function endpointOf(
	{provider, model}: Extract<Choice, {kind: 'model'}>,
	settings: ProviderSettings,
	{env, configuration, found}: {readonly env: Environment; readonly configuration: Configuration; readonly found: FoundKey | undefined},
): Endpoint {
	const {url, from} = placeOf(provider, settings, env);
	const name = `${provider}/${model}`;
	if (found !== undefined && url.protocol === 'http:' && !isLoopback(url))
		throw new MkcoaError({
			kind: 'usage',
			code: 'model-not-private',
			what: `The key for ${name} was not sent`,
			why: `${url.host} is not on this machine and would get it unencrypted`,
			next: 'Use an https base URL, or set keyless for this provider in models.yaml',
		});
	return {
		name,
		model,
		wire: (from === undefined ? undefined : settings.wireElsewhere) ?? settings.wire ?? 'chat',
		baseUrl: url.href.replace(/\/+$/, ''),
		key: found?.key,
		keyFrom: found?.from,
		thinks: configuration.models[name]?.thinks ?? true,
		limitField: settings.limitField ?? 'max_tokens',
	};
}
