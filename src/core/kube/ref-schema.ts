import * as z from 'zod';

/** `Ref` in what tools answer. */
export const refSchema = z.object({apiVersion: z.string(), kind: z.string(), namespace: z.string().optional(), name: z.string()});
