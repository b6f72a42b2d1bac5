import {describe, expect, test} from 'vitest';
import {wires} from '../../../src/agents/models/endpoint.ts';
import {conversations} from '../../support/model-servers/conversations.ts';
import {converse} from '../../support/model-servers/converse.ts';
import {scriptedKey, scriptedModel} from '../../support/model-servers/scripted-model.ts';

describe.each(wires)('over the %s wire', wire => {
	test.each(conversations)('$name', async ({request, replies, events}) => {
		const {model, server} = await scriptedModel(wire, replies);
		expect(await converse(model, request)).toEqual(events);
		expect(server.seen).toHaveLength(replies.length);
		for (const {body, query} of server.seen) expect(body + JSON.stringify(query)).not.toContain(scriptedKey);
	});
});
