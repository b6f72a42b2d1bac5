import {configurationOf} from '../../src/agents/models/configuration.ts';
import type {Price} from '../../src/agents/models/cost.ts';
import {code, table} from './table.ts';

const {providers, models} = configurationOf({});

/** Providers that are shipped, and the variables that each reads. */
export const providerTable = () =>
	table(
		['provider', 'default model', 'key', 'base URL'],
		Object.entries(providers).map(([name, {model, keyFrom = [], baseUrl, baseUrlFrom = []}]) => [
			code(name),
			model === undefined ? 'named by you' : code(model),
			keyFrom.map(code).join(' or ') || 'none',
			[baseUrl, ...baseUrlFrom].flatMap(text => (text === undefined ? [] : [code(text)])).join(' or '),
		]),
	);

const bounds = ({upToTokens, until}: Price) =>
	[
		...(upToTokens === undefined ? [] : [`prompts up to ${upToTokens.toLocaleString('en')}`]),
		...(until === undefined ? [] : [`before ${until}`]),
	].join(', ');

/** What models cost, with where that is from. */
export const priceTable = () =>
	table(
		['model', 'for', 'input', 'cached', 'output', 'read on', 'from'],
		Object.entries(models).flatMap(([name, {prices = [], read = '', source, note = ''}]) =>
			prices.map(price => [
				code(name),
				bounds(price),
				price.input,
				price.cached,
				price.output,
				read,
				[source === undefined ? '' : `<${source}>`, note].filter(Boolean).join('; '),
			]),
		),
	);
