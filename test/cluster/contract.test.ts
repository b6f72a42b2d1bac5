import {contract} from '../contract/suite.ts';
import {realServer} from './real-server.ts';

contract(() => realServer());
