import * as z from 'zod';
import defaults from './defaults.json' with {type: 'json'};
import {wires} from './endpoint.ts';

const price = z.strictObject({
	upToTokens: z.number().int().positive().optional(),
	until: z.iso.date().optional(),
	input: z.number().nonnegative(),
	output: z.number().nonnegative(),
	cached: z.number().nonnegative(),
	written: z.number().nonnegative().optional(),
});

const provider = z.strictObject({
	wire: z.enum(wires).optional(),
	/** Spoken at any other base URL than the one shipped: most servers that imitate OpenAI know Chat Completions alone. */
	wireElsewhere: z.enum(wires).optional(),
	baseUrl: z.url({protocol: /^https?$/}).optional(),
	/** Environment variables that may hold the base URL, the first that is set. */
	baseUrlFrom: z.array(z.string()).optional(),
	/** Put after a base URL from the environment that has none of it. */
	path: z.string().startsWith('/').optional(),
	/** Environment variables that may hold the key. */
	keyFrom: z.array(z.string()).optional(),
	/** A program that prints the key on its first line, and its arguments; no shell. */
	keyCommand: z.array(z.string()).min(1).optional(),
	/** The server wants no key. */
	keyless: z.boolean().optional(),
	/** Used where only the provider is named. */
	model: z.string().min(1).optional(),
	limitField: z.enum(['max_tokens', 'max_completion_tokens']).optional(),
});

const description = z.strictObject({
	contextTokens: z.number().int().positive().optional(),
	thinks: z.boolean().optional(),
	prices: z.array(price).optional(),
	source: z.string().optional(),
	read: z.iso.date().optional(),
	note: z.string().optional(),
});

/** What models.yaml may say. */
export const modelsSchema = z.strictObject({
	/** `PROVIDER/NAME`, or `none` for the built-in router. */
	model: z.string().min(1).optional(),
	slowSeconds: z.number().positive().optional(),
	/** Of models that nobody described. */
	contextTokens: z.number().int().positive().optional(),
	providers: z.record(z.string(), provider).optional(),
	models: z.record(z.string(), description).optional(),
});

/** What is shipped says all; `about` is for its readers. */
const shippedSchema = modelsSchema
	.required({slowSeconds: true, contextTokens: true, providers: true, models: true})
	.extend({about: z.string()});

/** What models.yaml says. */
export type OwnConfiguration = z.infer<typeof modelsSchema>;
/** With what mkcoa ships under it. */
export type Configuration = Omit<z.infer<typeof shippedSchema>, 'about'>;
export type ProviderSettings = z.infer<typeof provider>;

/** What mkcoa ships, with what the person says on top of it: a provider word by word, a model as a whole. */
export function configurationOf(own: OwnConfiguration): Configuration {
	const {about: _, ...shipped} = shippedSchema.parse(defaults);
	const providers = {...shipped.providers};
	for (const [name, settings] of Object.entries(own.providers ?? {})) providers[name] = {...providers[name], ...settings};
	const {slowSeconds = shipped.slowSeconds, contextTokens = shipped.contextTokens} = own;
	return {...shipped, ...own, slowSeconds, contextTokens, providers, models: {...shipped.models, ...own.models}};
}
