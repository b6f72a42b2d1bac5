import {CLIENT_CAPABILITIES_META_KEY, MissingRequiredClientCapabilityError, type ServerContext} from '@modelcontextprotocol/server';
import * as z from 'zod';
import {tasksExtension} from './task.ts';

const declaring = z.object({extensions: z.object({[tasksExtension]: z.strictObject({})})});

/** Whether this request's client can follow a task: it says so on each request, and what it said on another does not count. */
export const knowsTasks = ({mcpReq}: ServerContext): boolean =>
	declaring.safeParse(Object(mcpReq.envelope)[CLIENT_CAPABILITIES_META_KEY]).success;

/** @throws MissingRequiredClientCapabilityError where the client cannot follow a task */
export function demandTasks(context: ServerContext): void {
	if (!knowsTasks(context))
		throw new MissingRequiredClientCapabilityError(
			{requiredCapabilities: {extensions: {[tasksExtension]: {}}}},
			`The client has to declare the extension ${tasksExtension}`,
		);
}
