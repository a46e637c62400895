import { Module } from '@nestjs/common';
import { Catalogue } from './catalogue';
import { ProblemsController } from './problems.controller';

@Module({ controllers: [ProblemsController], providers: [Catalogue], exports: [Catalogue] })
export class ProblemsModule {}
