import {expect, test} from 'vitest';
import {impossible} from '../../../../src/agents/router/route/impossible.ts';
import {missingIn} from '../../../../src/agents/router/route/missing.ts';
import {clauseOf} from '../../../../src/agents/router/words/clauses-of.ts';

test.each([
	['Run the ledger job at another time', /time/],
	['Put a fresher image on ferry', /tag/],
	['ferry 실행 일정 바꿔줘', /일정/],
	['Let ferry listen elsewhere, on some port', /port/],
])('%s: what it lacks', (text, lacks) => expect(missingIn(clauseOf(text))).toMatch(lacks));

const plan = (kind: string, patch: string) => ({
	kind: 'calls' as const,
	said: '',
	calls: [{tool: 'resource_patch', input: {kind, name: 'hold', patch}}],
});

test.each([
	['give hold the class fast', 'PersistentVolumeClaim', '{"spec":{"storageClassName":"fast"}}', /immutable/],
	['node port of hold to 8080', 'Service', '{"spec":{"type":"NodePort"}}', /30000-32767/],
	['move hold to port 70000', 'Service', '[]', /65535/],
])('%s: no server takes it', (text, kind, patch, why) => {
	const asked = impossible(clauseOf(text), plan(kind, patch));
	expect(asked?.kind === 'question' ? asked.text : '').toMatch(why);
});

test.each([
	['grow hold to 20Gi', 'PersistentVolumeClaim', '{"spec":{"resources":{"requests":{"storage":"20Gi"}}}}'],
	['node port 30080 for port 80 of hold', 'Service', '[]'],
])('%s: a plan', (text, kind, patch) => expect(impossible(clauseOf(text), plan(kind, patch))).toBeUndefined());
