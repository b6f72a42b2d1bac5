import {CLIENT_CAPABILITIES_META_KEY, MissingRequiredClientCapabilityError, type ServerContext} from '@modelcontextprotocol/server';
import * as z from 'zod';
import {tasksExtension} from './task.ts';

const declaring = z.object({extensions: z.object({[tasksExtension]: z.strictObject({})})});

/** Whether a request's client can follow a task, by the `_meta` of this request: what it said on another does not count. */
export const declaresTasks = (meta: unknown): boolean => declaring.safeParse(Object(meta)[CLIENT_CAPABILITIES_META_KEY]).success;

/** The same, for who serves the request. */
export const knowsTasks = ({mcpReq}: ServerContext): boolean => declaresTasks(mcpReq.envelope);

/** @throws MissingRequiredClientCapabilityError where the client cannot follow a task */
export function demandTasks(context: ServerContext): void {
	if (!knowsTasks(context))
		throw new MissingRequiredClientCapabilityError(
			{requiredCapabilities: {extensions: {[tasksExtension]: {}}}},
			`The client has to declare the extension ${tasksExtension}`,
		);
}
