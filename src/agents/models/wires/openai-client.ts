import OpenAI from 'openai';
import type {Endpoint} from '../endpoint.ts';
import type {Link} from '../link.ts';

/** The SDK for one endpoint. A server without keys gets a word in its place, which the SDK wants; Azure reads the key from its own header. */
export const openaiClient = ({key, baseUrl}: Endpoint, {fetch}: Link) =>
	new OpenAI({
		apiKey: key ?? 'none',
		baseURL: baseUrl,
		defaultHeaders: baseUrl.includes('.azure.com') && key !== undefined ? {'api-key': key} : {},
		maxRetries: 0,
		fetch,
		logLevel: 'off',
	});
