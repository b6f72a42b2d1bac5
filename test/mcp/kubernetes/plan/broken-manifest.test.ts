import {expect, test} from 'vitest';
import {readManifests} from '../../../../src/mcp/kubernetes/plan/read-manifests.ts';

const whyOf = (text: string): string => {
	try {
		readManifests(text);
	} catch (error) {
		return String((error as {readonly trouble?: {readonly why?: string}}).trouble?.why);
	}
	return 'read';
};

test.each(['{'.repeat(3000), '['.repeat(3000), '- '.repeat(3000)])('a text that is nested without end is told in a few words', text => {
	const why = whyOf(text);
	expect(why).not.toContain('call stack');
	expect(why.length).toBeLessThan(2000);
});

test('of many problems the first are told, and how many more there are', () => {
	expect(whyOf('a: 1\na: 1\n---\n'.repeat(15))).toMatch(/^(document \d+, line \d+: .+; ){10}and 5 more$/);
});
