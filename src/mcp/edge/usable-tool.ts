import type {EdgeCaller, EdgeTool} from './edge-tool.ts';
import {mayUse} from './may-use.ts';

/** A tool that is served, for those who may use it: what tells the same as a tool is for them alone. */
export const usableTool = (tools: readonly EdgeTool[], name: string, caller: EdgeCaller): EdgeTool | undefined =>
	tools.find(({listed, needs}) => listed.name === name && mayUse(needs, caller));
