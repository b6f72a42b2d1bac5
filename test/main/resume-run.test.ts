import {expect, test} from 'vitest';
import {resumeRun} from '../../src/main/resume-run.ts';
import type {Session} from '../../src/main/session.ts';
import {thirdParty} from '../../src/mcp/outside/outside-tool.ts';

test('a call of a third party that died half way is not done twice', async () => {
	const plan = {
		tool: 'shelf_put',
		summary: 'Call put of the MCP server shelf',
		consequences: [{id: thirdParty, severity: 'danger', text: ''}],
	};
	const reader = {entry: async (id: string) => ({id, plan}), effects: async () => [], sealed: async () => ({})};
	// The journal is all that is looked at before the refusal.
	const session = {state: {reader}} as unknown as Session;
	await expect(resumeRun('j1', session)).rejects.toThrow(
		'j1 is not gone on with: Call put of the MCP server shelf: whether shelf_put was done is known to its server alone',
	);
});
