import {contract} from '../contract/suite.ts';
import {realServer} from './compare/server.ts';

contract(() => realServer());
