import { Module } from '@nestjs/common';
import { Figures } from './figures';
import { Health } from './health';
import { HealthController } from './health.controller';
import { OperationsServer } from './operations.server';

@Module({ controllers: [HealthController], providers: [Health, Figures, OperationsServer] })
export class OperationsModule {}
