import {type McpServer, ProtocolError, ProtocolErrorCode, type ServerContext} from '@modelcontextprotocol/server';
import {SKILLS_EXTENSION_ID, SKILLS_GET_METHOD, SKILLS_LIST_METHOD} from '@modelcontextprotocol/server/ext/skills';
import * as z from 'zod';
import {shortLine} from '../../../core/text/short-line.ts';
import type {ServedSkill} from './served-skill.ts';

/** The skills that are there for whoever made a request. */
export type SkillsFor = (context: ServerContext) => readonly ServedSkill[];

/** They stay the same as long as the server runs, but not every caller is told of the same ones. */
const cached = {ttlMs: 5 * 60_000, cacheScope: 'private'} as const;

/**
 * Serves the methods of the Skills extension on a server that is not connected yet. Files of skills are resources like any other
 * (see `skillResources`): the SDK's own way of attaching would answer `resources/read` beside the edge.
 * @see https://modelcontextprotocol.io/seps/2640
 */
export function attachSkills({server}: McpServer, skillsFor: SkillsFor): void {
	server.registerCapabilities({extensions: {[SKILLS_EXTENSION_ID]: {}}});
	server.setRequestHandler(SKILLS_LIST_METHOD, {params: z.looseObject({cursor: z.string().optional()})}, ({cursor}, context) => {
		// All stand on one page, so no cursor was ever given out.
		if (cursor !== undefined) throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'This cursor is none of this server');
		return {skills: skillsFor(context).map(({entry}) => entry), ...cached};
	});
	server.setRequestHandler(SKILLS_GET_METHOD, {params: z.looseObject({uri: z.string().max(2000)})}, ({uri}, context) => {
		const found = skillsFor(context).find(({entry}) => entry.uri === uri);
		if (found === undefined)
			throw new ProtocolError(ProtocolErrorCode.InvalidParams, `No skill is served at ${shortLine(uri, 200)}. Ask skills/list`);
		return {skill: found.entry, ...cached};
	});
}
