import type {ServerContext} from '@modelcontextprotocol/server';
import {skillText} from '../../agents/runbooks/runbook.ts';
import {runbooks} from '../../agents/runbooks/runbooks.ts';
import type {EdgeCaller, EdgeTool} from '../../mcp/edge/edge-tool.ts';
import {mayUse} from '../../mcp/edge/may-use.ts';
import type {SkillsFor} from '../../mcp/edge/skills/attach-skills.ts';
import {type ServedSkill, servedSkill} from '../../mcp/edge/skills/served-skill.ts';
import type {Host} from '../host.ts';
import {userSkills} from './user-skills.ts';

type Around = {
	readonly host: Pick<Host, 'env' | 'home' | 'streams'>;
	readonly tools: readonly EdgeTool[];
	readonly callerOf: (context: ServerContext, agent: string) => EdgeCaller;
};

/** The runbooks of mkcoa and those of the person. One of mkcoa's is there for those who may use every tool that it names. */
export async function edgeSkills({host, tools, callerOf}: Around): Promise<SkillsFor> {
	const [ours, own] = await Promise.all([
		builtInSkills(),
		userSkills(
			host,
			runbooks.map(({name}) => name),
		),
	]);
	for (const {trouble} of own.troubles) host.streams.err(`! ${trouble.what}: ${trouble.why}. ${trouble.next}\n`);
	const needsOf = new Map(tools.map(({listed, needs}) => [listed.name, needs]));
	const all = [...ours, ...own.skills];
	return context => {
		const caller = callerOf(context, '');
		const isUsable = (name: string) => {
			const needs = needsOf.get(name);
			return needs !== undefined && mayUse(needs, caller);
		};
		return mayUse({effect: 'read'}, caller) ? all.filter(({needs}) => needs.every(isUsable)) : [];
	};
}

/** The runbooks of mkcoa, each with the tools that its steps name. */
export const builtInSkills = (): Promise<readonly ServedSkill[]> =>
	Promise.all(
		runbooks.map(runbook => {
			const needs = [...new Set(toolsIn(runbook.steps.map(step => `${step.do} ${step.more ?? ''}`).join(' ')))];
			return servedSkill({origin: 'mkcoa', name: runbook.name, files: {'SKILL.md': skillText(runbook)}, needs});
		}),
	);

/** Names of tools in a text of a runbook: words with an underscore, marked as code. */
export const toolsIn = (text: string): readonly string[] => [...text.matchAll(/`([a-z]+(?:_[a-z]+)+|undo)`/g)].map(([, name = '']) => name);
