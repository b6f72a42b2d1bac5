import {expect, test} from 'vitest';
import {configurationOf} from '../../../src/agents/models/configuration.ts';

const {providers, models} = configurationOf({});

test.each(Object.entries(models))(
	'%s has a price with a source and a day, or a note why not',
	(name, {prices = [], source, read, note}) => {
		expect(Object.keys(providers)).toContain(name.split('/')[0]);
		if (prices.length === 0) expect(note).toMatch(/price|cost/);
		else expect({source, read}).toEqual({source: expect.stringMatching(/^https:/), read: expect.stringMatching(/^\d{4}-\d\d-\d\d$/)});
		for (const {input, cached, output} of prices) expect([cached < input, input < output]).toEqual([true, true]);
	},
);

test.each(Object.entries(providers).filter(([, {model}]) => model !== undefined))(
	'the default model of %s is described',
	(name, {model}) => {
		expect(models[`${name}/${model}`]).toBeDefined();
	},
);

test('the person changes one word of a provider, and a model as a whole', () => {
	const own = configurationOf({
		slowSeconds: 5,
		providers: {openai: {model: 'gpt-x'}, house: {wire: 'chat', baseUrl: 'https://models.example/v1'}},
		models: {'openai/gpt-6.1-sol': {contextTokens: 1000}},
	});
	expect(own.providers.openai).toEqual({...providers.openai, model: 'gpt-x'});
	expect(own.providers.house).toEqual({wire: 'chat', baseUrl: 'https://models.example/v1'});
	expect(own.models['openai/gpt-6.1-sol']).toEqual({contextTokens: 1000});
	expect([own.slowSeconds, own.contextTokens]).toEqual([5, configurationOf({}).contextTokens]);
});
