import {readFile} from 'node:fs/promises';
import {expect, test} from 'vitest';
import {budgetOf, defaultLimits} from '../../../src/agents/loop/limits.ts';

test('the limits that the documents name are those of the code', async () => {
	const {answers, tokens, workMs, silenceMs, dollars, plans} = defaultLimits;
	const text = await readFile(new URL('../../../docs/agents.md', import.meta.url), 'utf8');
	expect(text).toContain(`${answers} answers of the model, ${tokens.toLocaleString('en')} tokens, ${workMs / 60_000} minutes of its work`);
	expect(text).toContain(`${silenceMs / 60_000} minutes of silence, ${dollars} dollars, ${plans} plans`);
});

test('tokens that came from the cache of the model do not count', () => {
	const budget = budgetOf({...defaultLimits, tokens: 100});
	budget.used({inputTokens: 5000, outputTokens: 50, cachedTokens: 4960}, 0);
	expect(budget.over()).toBeUndefined();
	budget.used({inputTokens: 10, outputTokens: 0, cachedTokens: 0}, 0);
	expect(budget.over()).toMatch(/^100 tokens are used up/);
});
