import type {AnyTool} from '../../core/tool.ts';
import type {SecurityPorts} from './ports.ts';

/** Tools of the security specialist. */
export const securityToolset: readonly AnyTool<SecurityPorts>[] = [];
