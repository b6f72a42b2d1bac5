import * as z from 'zod';
import {readyWithinText} from '../../duration.ts';

const ref = z.object({apiVersion: z.string(), kind: z.string(), namespace: z.string(), name: z.string()});

/** Fields that both tools of settings have. */
export const settingFields = {
	fromFile: z.array(z.string().max(4096)).default([]).describe('Files as [KEY=]PATH').meta({split: false}),
	remove: z.array(z.string().max(253)).default([]).describe('Keys to take away'),
	restart: z.boolean().default(false).describe('Rolls the workloads that use it'),
	readyWithin: readyWithinText.default('5m').describe('How long all of them may take to roll'),
};

export const settingResolved = z.object({
	name: z.string(),
	namespace: z.string(),
	set: z.array(z.string()),
	removed: z.array(z.string()),
	rolls: z.array(z.object({ref, pods: z.number()})),
	readyWithin: z.string(),
});

export const settingOutput = z.object({
	object: z.string(),
	operation: z.enum(['created', 'changed']),
	set: z.array(z.string()),
	removed: z.array(z.string()),
	rolled: z.array(z.object({object: z.string(), pods: z.number()})),
});
